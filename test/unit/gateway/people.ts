import fc from 'fast-check';
import { expect } from 'vitest';
import type { Intervention, MonitoringPolicy, Notice } from '../../../src/monitoring/profile.js';
import { type ExtensionNumber, legId } from '../../../src/primitives/ids.js';
import type { Directory } from '../../../src/switchboard/directory.js';
import type { FarEnd } from '../../doubles/engine-leg.js';
import { moderators, openPolicy, openProfile } from '../monitoring/desk.js';
import { anna, ben, cara, city, inside, mona, office, outside, supportProfile } from '../switchboard/office.js';
import type { House } from './house.js';

/** One thing that somebody does; `who` picks one of those who are there, whoever they are. */
export type Deed =
  | { readonly kind: 'dial' | 'talk'; readonly from: number; readonly to: number }
  | { readonly kind: 'ring' | 'openEarlyMedia' | 'answer'; readonly who: number }
  | { readonly kind: 'refuse'; readonly who: number }
  | { readonly kind: 'hold' | 'resume' | 'hangUp' | 'fallSilent' | 'soundAgain' | 'die'; readonly who: number }
  | { readonly kind: 'transfer'; readonly who: number; readonly to: number }
  | { readonly kind: 'transferTo'; readonly who: number; readonly to: number }
  | { readonly kind: 'tap'; readonly who: number; readonly digit: number }
  | { readonly kind: 'dialIn'; readonly from: number; readonly keys: string }
  /** A moderator asks to be called, by page or program; whether they pick up is another thing. */
  | {
      readonly kind: 'ask';
      readonly from: number;
      readonly pin: string | null;
      readonly purpose?: string | null;
      readonly picksUp: boolean;
    }
  | { readonly kind: 'press'; readonly who: number; readonly keys: string }
  | { readonly kind: 'leave'; readonly who: number }
  | { readonly kind: 'playbacksEnd' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'change'; readonly policy: MonitoringPolicy; readonly directory: Directory };

const who = fc.nat(20);
const numbers = ['101', '102', '103', '600', '0301'];
const oneOf = <Kind extends Deed['kind']>(...kinds: readonly Kind[]) =>
  fc.record({ kind: fc.constantFrom(...kinds), who }) as fc.Arbitrary<Deed>;

export const weighted = (...choices: readonly (readonly [number, fc.Arbitrary<Deed>])[]): fc.Arbitrary<Deed> =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight, arbitrary })));

export const partyDeed = weighted(
  [5, fc.record({ kind: fc.constant('talk'), from: who, to: who })],
  [2, fc.record({ kind: fc.constant('dial'), from: who, to: who })],
  [3, oneOf('ring', 'openEarlyMedia', 'answer', 'refuse')],
  [4, oneOf('hold', 'resume')],
  [2, oneOf('hangUp')],
  [1, oneOf('fallSilent', 'soundAgain', 'die')],
  [2, fc.record({ kind: fc.constantFrom('transfer', 'transferTo'), who, to: who }) as fc.Arbitrary<Deed>],
  [1, fc.record({ kind: fc.constant('tap'), who, digit: fc.nat(3) })],
);

/** Most moderators know what they want; the keys of the others end somewhere on the way. */
const entry = fc.constantFrom('1234##', '1234##', '1234#101#', '1234#102#', '5678##', '1234#', '1234', '0000#', '');
const keys = fc.constantFrom(
  ...'44556678**00139',
  '54',
  '64',
  '65',
  '##',
  '#',
  '77',
  '101#',
  '102#',
  '103#',
  '1234#',
  '0000#',
);

export const moderatorDeed = weighted(
  [4, fc.record({ kind: fc.constant('dialIn'), from: who, keys: entry })],
  [
    1,
    fc.record({
      kind: fc.constant('ask'),
      from: who,
      pin: fc.constantFrom(null, '1234', '5678', '0000'),
      picksUp: fc.boolean(),
    }),
  ],
  [14, fc.record({ kind: fc.constant('press'), who, keys })],
  [1, oneOf('leave')],
);

const worldDeed = weighted(
  [1, fc.record({ kind: fc.constant('playbacksEnd') })],
  [1, fc.record({ kind: fc.constant('wait'), ms: fc.constantFrom(100, 1900, 11_000, 31_000) })],
);

export const deeds = fc.array(weighted([5, partyDeed], [5, moderatorDeed], [1, worldDeed]), {
  minLength: 10,
  maxLength: 50,
  size: 'max',
});

const notice = fc.constantFrom(
  { kind: 'none' },
  { kind: 'toneAtStart' },
  { kind: 'toneEvery', seconds: 10 },
  { kind: 'announcement' },
) as fc.Arbitrary<Notice>;
const some = <Item>(...items: readonly Item[]) => fc.subarray([...items]);
const mostly = (unless: boolean) => fc.constantFrom(!unless, !unless, !unless, !unless, unless);

/** Any settings that an admin might choose, most of which still allow something. */
const change: fc.Arbitrary<Deed> = fc
  .record({
    enabled: mostly(false),
    exists: mostly(false),
    interventions: some<Intervention>('whisper', 'barge', 'takeOver'),
    notices: fc.record({ member: notice, other: notice }),
    members: fc.constantFrom([anna, ben], [anna, ben], [anna], [ben, cara]),
    moderating: fc.constantFrom([mona, cara], [mona, cara], [mona], [cara]),
    dissenting: fc.constantFrom<ExtensionNumber[][]>([], [], [ben], [cara]),
    excluded: fc.constantFrom<ExtensionNumber[][]>([], [], [cara], [ben]),
    perCall: fc.constantFrom(1, 10),
    trunks: fc.constantFrom(office.trunks, office.trunks, office.trunks.slice(1), []),
    gone: fc.constantFrom<ExtensionNumber[][]>([], [], [ben], [cara]),
  })
  .map(
    ({ enabled, exists, interventions, notices, members, moderating, dissenting, excluded, perCall, trunks, gone }) => {
      const profile = { ...openProfile, enabled, interventions: new Set(interventions), notice: notices };
      const stays = ([number]: readonly [ExtensionNumber, unknown]) => !gone.includes(number);
      const policy: MonitoringPolicy = {
        ...openPolicy,
        profiles: new Map(exists ? [[supportProfile, profile]] : []),
        persons: new Map(
          [...openPolicy.persons]
            .filter(stays)
            .map(([number, person]) => [number, { ...person, consents: !dissenting.includes(number) }]),
        ),
        groups: new Map([
          [openProfile.members, members],
          [moderators, moderating],
        ]),
        exclusions: { extensions: new Set(excluded), numbers: [] },
        limits: { perCall, total: 100 },
      };
      const directory: Directory = {
        ...office,
        trunks,
        extensions: new Map([...office.extensions].filter(stays)),
        services: exists ? office.services : [],
      };
      return { kind: 'change', policy, directory } as const;
    },
  );

/** What people do while an admin changes the settings. */
export const deedsAndChanges = fc.array(weighted([5, partyDeed], [5, moderatorDeed], [1, worldDeed], [2, change]), {
  minLength: 10,
  maxLength: 50,
  size: 'max',
});

/** The people of a house, who do what they are told. */
export class People {
  readonly house: House;
  /** All who ever called, or were called, for a call; in the order in which they appeared. */
  readonly parties: FarEnd[] = [];
  readonly moderators: FarEnd[] = [];

  #asked = 0;

  constructor(house: House) {
    this.house = house;
  }

  async do(deed: Deed): Promise<void> {
    switch (deed.kind) {
      case 'dial':
        await this.#dial(deed.from, deed.to);
        break;
      case 'talk':
        await this.#dial(deed.from, deed.to);
        await this.house.does(() => this.parties.at(-1)?.calledAs && this.parties.at(-1)?.answer());
        break;
      case 'ring':
      case 'openEarlyMedia':
      case 'answer':
        await this.#onCalled(deed.who, (far) => far[deed.kind]());
        break;
      case 'refuse':
        await this.#onCalled(deed.who, (far) => far.hangUp('busy'));
        break;
      case 'hold':
      case 'resume':
      case 'hangUp':
      case 'fallSilent':
      case 'soundAgain':
      case 'die':
        await this.#on(this.parties, deed.who, (far) => far[deed.kind]());
        break;
      case 'transfer':
        await this.#transfer(deed.who, deed.to);
        break;
      case 'transferTo':
        await this.#on(this.parties, deed.who, (far) => far.transferTo(numbers[deed.to % 5] ?? '101'));
        this.#meetCalled();
        break;
      case 'tap':
        await this.#on(this.parties, deed.who, (far) => far.press((['A', 'B', 'C', 'D'] as const)[deed.digit] ?? 'A'));
        break;
      case 'dialIn':
        await this.#dialIn(deed.from, deed.keys);
        break;
      case 'ask':
        await this.#ask(deed);
        break;
      case 'press':
        await this.#press(deed.who, deed.keys);
        break;
      case 'leave':
        await this.#on(this.moderators, deed.who, (far) => far.hangUp());
        break;
      case 'playbacksEnd':
        for (const { leg } of [...this.parties, ...this.moderators]) this.house.engine.endPlaybacks(leg);
        await this.house.settle();
        break;
      case 'change': {
        const { directory, policy } = deed;
        await this.house.does(() =>
          this.house.gateway.dispatch({ type: 'settingsChanged', directory, policy, privacyMs: 60_000 }),
        );
        break;
      }
      case 'wait':
        await this.house.passes(deed.ms);
        break;
    }
  }

  async everybodyHangsUp(): Promise<void> {
    for (const far of [...this.parties, ...this.moderators]) await this.house.does(() => far.hangUp());
    for (const far of this.house.engine.called) await this.house.does(() => far.hangUp());
  }

  async #dial(from: number, to: number): Promise<void> {
    const origin = [inside(anna), inside(ben), inside(cara), outside(city)][from % 4] ?? inside(anna);
    const dialled = numbers[to % 5] ?? '101';
    this.parties.push(await this.house.dials(origin, dialled, '0170'));
    this.#meetCalled();
  }

  /** Those whom the box has called meanwhile have become parties. */
  #meetCalled(): void {
    const met = [...this.parties, ...this.moderators];
    this.parties.push(...this.house.engine.called.filter((far) => !met.includes(far)));
  }

  /** Any two legs: most are not those of one phone, and then nothing must come of it. */
  async #transfer(index: number, to: number): Promise<void> {
    const live = this.parties.filter(({ progress }) => progress !== 'released');
    const second = live[to % Math.max(1, live.length)];
    if (!second) return;
    await this.#on(live, index, (far) => far.transfer(second));
    this.#meetCalled();
  }

  async #onCalled(index: number, action: (far: FarEnd) => void): Promise<void> {
    await this.#on(
      this.parties.filter(({ calledAs }) => calledAs !== null),
      index,
      action,
    );
    this.#meetCalled();
  }

  async #on(those: readonly FarEnd[], index: number, action: (far: FarEnd) => void): Promise<void> {
    const live = those.filter(({ progress }) => progress !== 'released');
    const far = live[index % Math.max(1, live.length)];
    if (far) await this.house.does(() => action(far));
  }

  async #dialIn(from: number, text: string): Promise<void> {
    const far = await this.house.moderator('', [inside(mona), inside(cara), outside(city)][from % 3]);
    this.moderators.push(far);
    await this.#key(far, text);
  }

  async #ask({ from, pin, purpose = null, picksUp }: Extract<Deed, { kind: 'ask' }>): Promise<void> {
    const moderator = from % 2 === 0 ? mona : cara;
    this.#asked += 1;
    const before = this.house.engine.called.length;
    this.house.gateway.dispatch({
      type: 'monitorAskedFor',
      leg: legId(`asked-${this.#asked}`),
      moderator,
      by: 'mona',
      rights: ['user mona'],
      pin,
      purpose,
      profile: null,
      wanted: { member: null, call: null },
      title: 'Listening',
      on: 'phone',
      browser: null,
    });
    await this.house.settle();
    const called = this.house.engine.called.slice(before);
    this.moderators.push(...called);
    for (const far of called) if (picksUp) await this.house.does(() => far.answer());
  }

  async #press(index: number, text: string): Promise<void> {
    const inDialogue = this.moderators.filter((far) => this.#isInDialogue(far));
    const far = inDialogue[index % Math.max(1, inDialogue.length)];
    if (far) await this.#key(far, text);
  }

  /** No key of a dialogue reaches anybody; a `*` that a party has keyed before may, when the dialogue ends to which it could have been an answer. */
  async #key(far: FarEnd, text: string): Promise<void> {
    for (const key of text) {
      if (!this.#isInDialogue(far)) return;
      const before = this.#digitsReceived();
      const held = this.#starsHeld();
      await this.house.press(far, key);
      const passedOn = held - this.#starsHeld();
      expect(this.#digitsReceived()).toBeLessThanOrEqual(before + Math.max(0, passedOn));
    }
  }

  #isInDialogue({ leg }: FarEnd): boolean {
    return this.house.gateway.world.monitoring.sessions.has(leg);
  }

  #starsHeld(): number {
    return [...this.house.gateway.world.monitoring.sessions.values()].reduce((sum, { stage }) => {
      const target = stage.kind === 'monitoring' ? stage.monitor.target : undefined;
      return sum + (target?.kind === 'asking' ? target.undecided.filter(({ star }) => star !== null).length : 0);
    }, 0);
  }

  #digitsReceived(): number {
    return [...this.parties, ...this.moderators].reduce((sum, { digits }) => sum + digits.length, 0);
  }
}

/** What a house without moderators would be spared. */
export const isModerators = ({ kind }: Deed): boolean =>
  kind === 'dialIn' || kind === 'ask' || kind === 'press' || kind === 'leave';
