import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { canMount, SmallDisk } from '../../support/disks/small-disk.js';
import { moderate, OfficePhone, officeSettings, pins, talk, toneOf, untilHears } from '../../support/office.js';
import { until } from '../../support/waiting.js';

type Fault = 'read-only' | 'full';

describe.skipIf(!canMount).each<Fault>(['read-only', 'full'])('a start on a disk that is %s', (fault) => {
  let appliance: Appliance;
  let disk: SmallDisk;
  const phones: OfficePhone[] = [];

  beforeEach(async () => {
    appliance = await Appliance.start(await officeSettings());
    await appliance.stop();
    disk = await SmallDisk.under(appliance.folder);
    if (fault === 'full') disk.fill();
    else disk.makeReadOnly();
  });
  afterEach(async () => {
    for (const phone of phones.splice(0)) phone.close();
    await appliance.kill();
    disk.remove();
    await appliance.remove();
  });

  const mend = async () => (fault === 'full' ? disk.free() : disk.makeWritable());

  it('telephones, keeps monitoring closed and says so, and opens it by itself when the disk can be written again', async () => {
    await appliance.run();
    for (const number of ['100', '101', '102']) phones.push(await OfficePhone.register(appliance, number));
    const [moderator, member, other] = phones as [OfficePhone, OfficePhone, OfficePhone];
    await talk(member, other);
    expect(appliance.log.find(({ code }) => code === 'storageUnwritable')).toMatchObject({
      level: 'error',
      advice: expect.stringContaining(appliance.folder),
    });
    const refused = await moderator.call('*55');
    await until('the moderator to be turned away', () => refused.state === 'ended');
    await mend();
    await until('monitoring to be open again', () =>
      appliance.log.find(({ msg }) => msg === 'the audit record can be written again'),
    );
    const monitor = await moderate(moderator, `${pins[100]}#101#`);
    await untilHears('moderator', monitor, { present: [toneOf('101'), toneOf('102')], absent: [] });
    const types = (await appliance.audit()).map(({ fact }) => fact.type);
    expect(types).toContain('recordResumed');
    expect(types.indexOf('attempt')).toBeLessThan(types.indexOf('recordResumed'));
    expect(await appliance.command('audit', 'verify')).toMatchObject({ code: 0 });
  });
});
