import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EngineEvent, TrunkAccount } from '../../src/engine/engine.js';
import type { ContactId } from '../../src/primitives/ids.js';
import { extensionNumber, trunkId } from '../../src/primitives/ids.js';
import { until } from '../support/waiting.js';
import type { Line } from './engine-desk.js';
import { anna, ben, caller, cara, EngineDesk } from './engine-desk.js';
import type { EngineHarness, Provider } from './engine-harness.js';
import { accountOf, extensions, trunk } from './engine-harness.js';

const dora = extensionNumber('104');
const usual = extensions.map((number) => accountOf(number));
const otherPassword = 'quite another secret';

/** How every engine takes changes of its accounts while calls run. */
export function accountsContract(openHarness: () => Promise<EngineHarness>): void {
  let desk: EngineDesk;
  let before: number;

  beforeAll(async () => {
    desk = await EngineDesk.open(await openHarness());
    await desk.events.next('trunkUp', (event) => event.trunk === trunk);
  });

  beforeEach(() => {
    before = desk.events.all.length;
  });

  afterEach(() => desk.clear());

  afterAll(() => desk.harness.close());

  const since = (...types: readonly EngineEvent['type'][]) =>
    desk.events.all.slice(before).filter(({ type }) => types.includes(type));

  const setExtensions = (accounts: typeof usual) => desk.events.command((engine) => engine.setExtensions(accounts));

  const setTrunks = (...added: readonly TrunkAccount[]) =>
    desk.events.command((engine) => engine.setTrunks([...desk.harness.trunks, ...added]));

  async function talking(one: Line, other: Line): Promise<void> {
    desk.connect(one, other);
    desk.connect(other, one);
    await desk.eachHears([one, [other]], [other, [one]]);
  }

  /** Two phones talk to each other throughout, and each is there for the other afterwards. */
  async function goesOn(one: Line, other: Line): Promise<void> {
    await desk.eachHears([one, [other]], [other, [one]]);
    await one.far.hold();
    await desk.events.onLeg('held', one.leg);
    await one.far.resume();
    await desk.eachHears([one, [other]], [other, [one]]);
    one.far.hangUp();
    expect(await desk.events.onLeg('released', one.leg)).toMatchObject({ cause: 'normal' });
    desk.events.command((engine) => engine.release(other.leg, 'normal'));
    await desk.progresses(other.far, 'released');
  }

  const unbound = (contact: ContactId) =>
    desk.events.next('contactUnbound', (event) => event.contact === contact, before);

  describe('an extension', () => {
    afterEach(() => setExtensions(usual));

    test('that is added can register and call, and all others stay', async () => {
      await expect(desk.harness.register(dora)).rejects.toThrow('403');
      setExtensions([...usual, accountOf(dora)]);
      const phone = await desk.harness.register(dora);
      await desk.events.next('contactBound', (event) => event.extension === dora);
      const far = await phone.call('555');
      const { leg, origin } = await desk.events.next('incoming', () => true, before);
      desk.opened({ leg, far });
      expect(origin).toEqual({ kind: 'extension', number: dora });
      await desk.answeredOutgoing(ben);
      expect(since('contactUnbound')).toEqual([]);
    });

    test('with a new password is no longer registered, while its call goes on', async () => {
      const lines = [await desk.answeredIncoming(anna), await desk.answeredOutgoing(cara)] as const;
      await talking(...lines);
      setExtensions(usual.map((account) => (account.number === anna ? accountOf(anna, otherPassword) : account)));
      await unbound(desk.contactOf(anna));
      await expect(desk.harness.register(anna)).rejects.toThrow('403');
      await desk.harness.register(anna, otherPassword);
      await goesOn(...lines);
      expect(since('contactUnbound')).toHaveLength(1);
    });
  });

  describe('an extension that is removed', () => {
    test('is no longer registered and cannot call, while its current call goes on', async () => {
      const lines = [await desk.answeredIncoming(ben), await desk.answeredOutgoing(cara)] as const;
      await talking(...lines);
      setExtensions(usual.filter(({ number }) => number !== ben));
      await unbound(desk.contactOf(ben));
      const refused = await desk.farCall(ben);
      await desk.progresses(refused, 'released');
      expect(refused.endedFor).toBe('forbidden');
      await expect(desk.harness.register(ben)).rejects.toThrow('403');
      await goesOn(...lines);
      expect(
        since('contactUnbound').filter((event) => !('extension' in event && event.extension === anna)),
      ).toHaveLength(1);
    });
  });

  describe.each(['registering', 'address'] as const)('a trunk of the kind "%s"', (kind) => {
    const id = trunkId(`added-${kind}`);
    let provider: Provider;

    beforeAll(async () => {
      provider = await desk.harness.provider(id, kind);
    });

    const isIt = (event: { readonly trunk: typeof id }) => event.trunk === id;

    async function incoming(): Promise<Line> {
      const from = desk.events.all.length;
      const far = await provider.side.call('4930555');
      const { leg, origin } = await desk.events.next('incoming', () => true, from);
      expect(origin).toEqual({ kind: 'trunk', trunk: id });
      const line = desk.opened({ leg, far });
      desk.events.command((engine) => engine.answer(leg));
      await desk.progresses(far, 'answered');
      return line;
    }

    async function outgoing(): Promise<Line> {
      const leg = desk.newLeg();
      desk.events.command((engine) => engine.dial(leg, { kind: 'trunk', trunk: id, number: '0301234' }, caller));
      const far = await provider.side.incoming();
      far.answer();
      await desk.events.onLeg('answered', leg);
      return desk.opened({ leg, far });
    }

    test('that is added can be used in both directions', async () => {
      setTrunks(provider.account);
      await provider.registered(1);
      await desk.events.next('trunkUp', isIt, before);
      await talking(await incoming(), await outgoing());
    });

    test('that has not changed is left alone', async () => {
      const another = await desk.harness.provider(trunkId(`beside-${kind}`), 'address');
      setTrunks({ ...provider.account }, another.account);
      await desk.events.next('trunkUp', (event) => event.trunk === another.account.id, before);
      setTrunks(provider.account);
      await desk.events.next('trunkDown', (event) => event.trunk === another.account.id, before);
      await outgoing();
      expect(since('trunkUp', 'trunkDown')).toHaveLength(2);
    });

    test('that has changed is reopened, while its call goes on', async () => {
      const lines = [await incoming(), await outgoing()] as const;
      await talking(...lines);
      setTrunks(provider.takePassword(otherPassword));
      if (kind === 'registering') await desk.events.next('trunkDown', isIt, before);
      await provider.registered(2);
      if (kind === 'registering') await desk.events.next('trunkUp', isIt, before);
      await goesOn(...lines);
      await incoming();
      await outgoing();
    });

    test('that is removed takes no new calls, while its call goes on', async () => {
      const lines = [await incoming(), await outgoing()] as const;
      await talking(...lines);
      setTrunks();
      await desk.events.next('trunkDown', isIt, before);
      await provider.unregistered();
      const leg = desk.newLeg();
      desk.events.command((engine) => engine.dial(leg, { kind: 'trunk', trunk: id, number: '0301234' }, caller));
      expect(await desk.events.onLeg('released', leg)).toMatchObject({ cause: 'failure' });
      const refused = await provider.side.call('4930555');
      await desk.progresses(refused, 'released');
      expect(refused.endedFor).toBe('forbidden');
      await goesOn(...lines);
      expect(since('trunkUp', 'trunkRefused')).toEqual([]);
    });
  });

  test('a trunk that changes from a known address to registering is down until it has registered, and is up at once when changed back', async () => {
    const id = trunkId('changing');
    const [byAddress, registrar] = [
      await desk.harness.provider(id, 'address'),
      await desk.harness.provider(id, 'registering'),
    ];
    setTrunks(byAddress.account);
    await desk.events.next('trunkUp', (event) => event.trunk === id, before);
    setTrunks(registrar.account);
    await desk.events.next('trunkDown', (event) => event.trunk === id, before);
    await registrar.registered(1);
    await until('the trunk to be up again', () => since('trunkUp').length === 2);
    const from = desk.events.all.length;
    setTrunks(byAddress.account);
    await desk.events.next('trunkUp', (event) => event.trunk === id, from);
    await registrar.unregistered();
    setTrunks();
    await desk.events.next('trunkDown', (event) => event.trunk === id, from);
  });
}
