import { describe, expect, test } from 'vitest';
import { usualHandling } from '../../../src/switchboard/handling/call-handling.js';
import { openPolicy } from '../monitoring/desk.js';
import { anna, ben, inside } from '../switchboard/office.js';
import { House } from './house.js';

const forwards = async (house: House, to: string) => {
  const far = await house.dials(inside(ben), `*21*${to}#`);
  await house.does(() => far.hangUp());
};

describe('a code of call handling', () => {
  test('is confirmed once the disk has it', async () => {
    const house = await House.open({ playbacksEnd: 'whenTold' });
    house.isDiskBusy = true;
    const far = await house.dials(inside(ben), '*21*103#');
    expect(far.progress).toBe('answered');
    expect(house.isTold(far)).toEqual([]);
    await house.diskWrites();
    expect(house.isTold(far)).toEqual(['forward-always', 'digits']);
    expect(house.keptHandlings.at(-1)?.of).toEqual(new Map([[ben, { ...usualHandling, always: '103' }]]));
    house.engine.endPlaybacks(far.leg);
    await house.settle();
    expect(far.releasedFor).toBe('normal');
  });

  test('counts on a disk that takes nothing, too, which the log says', async () => {
    const house = await House.open();
    house.canRecord = false;
    await forwards(house, '103');
    await house.dials(inside(anna), '102');
    expect(house.engine.called.at(-1)?.calledAs?.to).toMatchObject({ extension: '103' });
    expect(house.complaints.join()).toContain('cannot be saved');
  });
});

describe('a member’s call that is forwarded', () => {
  test('to an excluded number is closed', async () => {
    const policy = { ...openPolicy, exclusions: { ...openPolicy.exclusions, numbers: ['+4930777'] } };
    const house = await House.open({ policy });
    await forwards(house, '0030777');
    await house.dials(inside(anna), '102');
    await house.does(() => house.calledAt('trunk').answer());
    const moderator = await house.moderator('1234#101#');
    expect(house.hears(moderator)).toEqual([]);
    expect(house.facts.at(-1)).toMatchObject({ type: 'refused', reason: 'excluded' });
  });

  test('to another number is listened to as any other', async () => {
    const house = await House.open();
    await forwards(house, '0030777');
    const caller = await house.dials(inside(anna), '102');
    const outside = house.calledAt('trunk');
    await house.does(() => outside.answer());
    const moderator = await house.moderator('1234#101#');
    expect(house.hears(moderator)).toEqual([caller.leg, outside.leg].sort());
  });
});
