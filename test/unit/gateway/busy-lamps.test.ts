import { expect, test } from 'vitest';
import { desired } from '../../../src/gateway/desired.js';
import type { ExtensionNumber } from '../../../src/primitives/ids.js';
import { openPolicy } from '../monitoring/desk.js';
import { anna, ben, cara, mona, office } from '../switchboard/office.js';
import { House } from './house.js';

/** Extensions off limits, which counts how often it is asked for one. */
class Excluded extends Set<ExtensionNumber> {
  asked = 0;

  override has(extension: ExtensionNumber): boolean {
    this.asked += 1;
    return super.has(extension);
  }
}

const excluding = (extensions: ReadonlySet<ExtensionNumber>) => ({
  ...openPolicy,
  exclusions: { extensions, numbers: [] },
});
const lamps = ({ gateway, now }: House) => desired(gateway.world, now).busyLamps;

test('whether lamps may tell more of a call than that it is busy is asked again only when the call has changed', async () => {
  const extensions = new Excluded([ben]);
  const house = await House.open({ policy: excluding(extensions) });
  await house.talk(anna, ben);
  const other = await house.talk(cara, mona);
  extensions.asked = 0;
  house.gateway.dispatch({ type: 'tick' });
  expect(extensions.asked).toBe(0);
  await house.does(() => other.caller.hold());
  expect(extensions.asked).toBe(2);
  expect(Object.fromEntries(lamps(house))).toEqual({ 101: 'talking', 102: 'talking', 103: 'held', 201: 'talking' });
});

test('lamps follow when somebody is excluded while a call rings', async () => {
  const house = await House.open({ policy: excluding(new Set()) });
  await house.talk(anna, cara);
  await house.dials({ kind: 'extension', number: mona }, ben);
  expect(lamps(house).get(ben)).toBe('ringing');
  const policy = excluding(new Set([ben]));
  house.gateway.dispatch({ type: 'settingsChanged', directory: office, policy, privacyMs: 60_000 });
  expect(lamps(house).get(ben)).toBe('talking');
});
