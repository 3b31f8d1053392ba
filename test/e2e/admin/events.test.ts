import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualLimits } from '../../../src/web/guard/limits.js';
import { type StreamEvent, WatchedStream } from '../../support/event-stream.js';
import { OfficePhone, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';

describe('live events of the running box', () => {
  let office: RunningOffice;
  let watcher: WatchedStream;

  const watch = (path: string) => WatchedStream.at({ socketPath: join(office.appliance.folder, 'modcall.sock'), path });
  const told = (event: string, isWanted: (data: StreamEvent['data']) => boolean) =>
    until(
      () => `${event}: ${JSON.stringify(watcher.events.slice(-20))}`,
      () => watcher.events.some((each) => each.event === event && isWanted(each.data)),
    );

  beforeAll(async () => {
    office = await RunningOffice.open({}, ['100', '101', '102']);
    watcher = await watch('/api/events');
  });
  afterAll(async () => {
    watcher.close();
    await office.close();
  });

  it('tell of calls, monitors, lamps and the log', async () => {
    await office.listening();
    await told('calls', ({ type }) => type === 'callAnswered');
    await told('monitors', ({ type }) => type === 'started');
    await told('lamps', ({ monitor }) => monitor === 'steady');
    await told('log', ({ level, msg }) => level === 'info' && msg === 'started');
    await office.hangUp();
    await told('monitors', ({ type }) => type === 'ended');
    await told('lamps', ({ monitor }) => monitor === 'dark');
    const heard = JSON.stringify(watcher.events);
    expect(heard).not.toMatch(/"digits?":"\d/);
  });

  it('tell which telephones come and go', async () => {
    const phone = await OfficePhone.register(office.appliance, '103');
    await told('registrations', ({ type, extension }) => type === 'contactBound' && extension === '103');
    phone.close();
  });

  it('leave a command without an answer when too many are watching, and it says so', async () => {
    const path = join(office.appliance.folder, 'modcall.sock');
    const idle = Array.from({ length: usualLimits.connectionsPerAddress }, () => connect(path));
    await Promise.all(idle.map((socket) => once(socket, 'connect')));
    const { code, said } = await office.appliance.command('calls', 'list');
    expect([code, said]).toEqual([3, expect.stringMatching(/^Too many commands are connected to the box already/)]);
    for (const socket of idle) socket.destroy();
    await until('an answer', async () => (await office.appliance.command('calls', 'list')).code === 0);
  });

  it('keep no call from its sound, whoever watches and does not read', async () => {
    const idle = await Promise.all(Array.from({ length: 30 }, () => watch('/api/events')));
    for (const each of idle) each.response.pause();
    const { caller, callee } = await office.talk('101', '102');
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [] });
    for (const each of idle) each.close();
  });
});
