import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServiceManager } from '../../../src/cli/service-manager.js';
import { StandInManager } from '../../support/stand-in-manager.js';
import { until } from '../../support/waiting.js';

let systemd: StandInManager;

beforeEach(async () => {
  systemd = await StandInManager.deaf();
});
afterEach(() => systemd.remove());

test('it hears that the program serves, that it still does, and that it stops', async () => {
  await systemd.listen();
  const manager = new ServiceManager({ NOTIFY_SOCKET: systemd.socket, WATCHDOG_USEC: '150000' });
  manager.ready();
  await until('two reports', () => /^READY=1\n(WATCHDOG=1\n){2}/.test(systemd.heard));
  manager.stopping();
  await until('the end', () => systemd.heard.endsWith('STOPPING=1\n'));
});

test.each([
  ['without a watchdog', {}],
  ["with another program's", { WATCHDOG_USEC: '1000', WATCHDOG_PID: '1' }],
  ['with one of no time', { WATCHDOG_USEC: 'often' }],
])('%s it hears no more than the beginning and the end', async (_which, watchdog) => {
  await systemd.listen();
  const manager = new ServiceManager({ NOTIFY_SOCKET: systemd.socket, ...watchdog });
  manager.ready();
  await until('readiness', () => systemd.heard.includes('READY=1'));
  manager.stopping();
  await until('the end', () => systemd.heard.endsWith('STOPPING=1\n'));
  expect(systemd.heard).toBe('READY=1\nSTOPPING=1\n');
});

test('where there is none, nothing is told and nothing fails', () => {
  const manager = new ServiceManager({ WATCHDOG_USEC: '1000' });
  manager.ready();
  manager.stopping();
});

test('one that does not listen yet hears the later reports', async () => {
  const manager = new ServiceManager({ NOTIFY_SOCKET: systemd.socket, WATCHDOG_USEC: '150000' });
  manager.ready();
  await systemd.listen();
  await until('a report', () => systemd.heard.includes('WATCHDOG=1'));
  manager.stopping();
});
