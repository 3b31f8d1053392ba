import { beforeEach, describe, expect, test } from 'vitest';
import { HelpDesk } from '../../../../src/admin/live/help-desk.js';
import { helpOperations } from '../../../../src/admin/live/help-operations.js';
import { monitorsFor } from '../../../../src/admin/live/live-view.js';
import type { Caller } from '../../../../src/admin/operation.js';
import type { MonitoringPolicy } from '../../../../src/monitoring/profile.js';
import type { ExtensionNumber } from '../../../../src/primitives/ids.js';
import { House } from '../../gateway/house.js';
import { noon, openPolicy, withProfile } from '../../monitoring/desk.js';
import { sampleSettings } from '../../store/settings/sample-settings.js';
import { anna, ben, cara, mona } from '../../switchboard/office.js';
import { person } from '../box.js';
import { run as runIn } from '../settings/settings-box.js';

let house: House;
let helpDesk: HelpDesk;

async function open(policy: MonitoringPolicy = openPolicy): Promise<void> {
  house = await House.open({ policy, playbacksEnd: 'whenTold' });
  const clock = { read: () => ({ now: house.now, local: noon, nextMinute: house.now }) };
  helpDesk = new HelpDesk({ gateway: house.gateway, clock, settings: { current: { settings: sampleSettings() } } });
}

const who = (extension: ExtensionNumber | null): Caller => ({ ...person('ada', ['member']), extension });
const run = (name: string, extension: ExtensionNumber | null = anna, input: object = {}) =>
  runIn(helpOperations, { helpDesk }, `own-help ${name}`, input, who(extension));

beforeEach(() => open());

describe('help that a member asks for by page or program', () => {
  test('shows who is called, then who helps, until it is withdrawn', async () => {
    expect(await run('show')).toEqual({ canAsk: true, state: 'none', moderators: [] });
    const { caller } = await house.talk(anna, ben);
    const called = { canAsk: true, state: 'called', moderators: [{ number: mona, name: '' }] };
    expect(await run('ask')).toEqual(called);
    await house.settle();
    const helper = house.calledAt(mona);
    await house.does(() => helper.answer());
    await house.does(() => house.engine.endPlaybacks(caller.leg));
    expect(await run('show')).toEqual({ ...called, state: 'helped' });
    expect(house.hears(helper)).toHaveLength(2);
    expect(house.facts[0]).toMatchObject({ type: 'helpAsked', way: 'page', by: 'ada', member: anna });
    await run('withdraw');
    expect(await run('show')).toMatchObject({ state: 'none' });
  });

  test('is known to the member among the monitors, and to a colleague in the call only by a notice', async () => {
    await house.talk(anna, ben);
    await run('ask');
    await house.settle();
    await house.does(() => house.calledAt(mona).answer());
    const known = (extension: ExtensionNumber) => monitorsFor(house.gateway.world, who(extension)).length;
    expect([known(anna), known(ben)]).toEqual([1, 0]);
  });

  test('joins as asked', async () => {
    const { callee } = await house.talk(anna, ben);
    await run('ask', anna, { mode: 'barge' });
    await house.settle();
    await house.does(() => house.calledAt(mona).answer());
    expect(house.hears(callee)).toContain(house.calledAt(mona).leg);
  });

  test('is refused with the reason', async () => {
    await expect(run('ask')).rejects.toMatchObject({ kind: 'conflict', problem: { code: 'live.help.noCall' } });
    await house.talk(anna, ben);
    await run('ask');
    await expect(run('ask')).rejects.toMatchObject({ problem: { code: 'live.help.alreadyAsked' } });
    await expect(run('ask', null)).rejects.toMatchObject({ problem: { code: 'live.noExtension' } });
  });

  test('is not offered to whom no profile gives anybody who may whisper', async () => {
    expect(await run('show', cara)).toMatchObject({ canAsk: false });
    await open(withProfile({ interventions: new Set() }));
    expect(await run('show')).toMatchObject({ canAsk: false });
  });

  test('cannot be asked for without end', async () => {
    await house.talk(anna, ben);
    const asks = async () => {
      for (let index = 0; index < 50; index++) await run('ask').then(() => run('withdraw'));
    };
    await expect(asks()).rejects.toMatchObject({ kind: 'tooMany' });
  });
});
