import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lampIn, RawWatcher } from '../../native/support/raw-watcher.js';
import { passwordOf, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { sipp } from '../../support/sipp.js';
import { until } from '../../support/waiting.js';

describe('a phone that watches an extension', () => {
  let office: RunningOffice;
  let watcher: RawWatcher;

  beforeAll(async () => {
    office = await RunningOffice.open({}, ['101', '102']);
    const { port } = office.appliance.address('udp');
    watcher = await RawWatcher.open(port, { username: '103', password: passwordOf('103') });
    expect((await watcher.register()).status).toBe(200);
  });
  afterAll(async () => {
    watcher.close();
    await office.close();
  });

  const untilShown = (lamp: string) =>
    until(
      () => `the lamp to be ${lamp} after ${watcher.told.map(({ text }) => lampIn(text)).join(', ')}`,
      () => lampIn(watcher.told.at(-1)?.text ?? 'none') === lamp && watcher.told.length > 0,
    );

  it('sees it ring, talk and be free again, while the two hear each other and nothing else', async () => {
    expect((await watcher.subscribe('101')).status).toBe(200);
    await untilShown('idle');
    await office.call('102', '101');
    await untilShown('early');
    await office.hangUp();
    await untilShown('idle');
    const { caller, callee } = await office.talk('102', '101');
    await untilShown('confirmed');
    await untilHears('caller', caller, { present: [toneOf('101')], absent: [toneOf('102')] });
    await untilHears('callee', callee, { present: [toneOf('102')], absent: [toneOf('101')] });
    await callee.hold();
    await until('the held call to be shown', () => watcher.told.at(-1)?.text.includes('pvalue="no"'));
    await office.hangUp();
    await untilShown('idle');
  });

  it('learns nothing of who is in the call', async () => {
    const documents = watcher.told.map(({ text }) => text.split('\r\n\r\n')[1]).join();
    expect(documents).toContain('101');
    expect(documents).not.toContain('102');
  });

  it.each(['udp', 'tcp'] as const)('can be SIPp over %s, which has a SIP stack of its own', async (protocol) => {
    const user = { username: '103', password: passwordOf('103') };
    await sipp('watches', office.appliance.address(protocol), 1, user);
  });

  it('watches nobody who is no extension', async () => {
    expect((await watcher.subscribe('999')).status).toBe(404);
    expect((await watcher.subscribe('101', { event: 'message-summary' })).status).toBe(489);
  });
});
