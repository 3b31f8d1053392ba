import { expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { officeSettings } from '../../support/office.js';
import { StandInManager } from '../../support/stand-in-manager.js';
import { startPatienceMs, until } from '../../support/waiting.js';

it('tells the service manager that the box can be called, that it does not hang, and that it stops', async () => {
  const systemd = await StandInManager.start();
  const environment = { NOTIFY_SOCKET: systemd.socket, WATCHDOG_USEC: '300000' };
  const appliance = await Appliance.start(await officeSettings(), { environment });
  await until('two reports', () => /^READY=1\n(WATCHDOG=1\n){2}/.test(systemd.heard), startPatienceMs);
  expect(appliance.log.some(({ msg }) => msg === 'ready')).toBe(true);
  await appliance.stop();
  await until('the end', () => systemd.heard.endsWith('STOPPING=1\n'));
  await appliance.remove();
  await systemd.remove();
});
