import type { LegId } from '../../../src/primitives/ids.js';
import { contactId, extensionNumber, groupId, legId, profileId, trunkId } from '../../../src/primitives/ids.js';
import type { Origin } from '../../../src/switchboard/dial-plan.js';
import { route } from '../../../src/switchboard/dial-plan.js';
import type { Directory, Group, Trunk } from '../../../src/switchboard/directory.js';
import type { LegEvent } from '../../../src/switchboard/events.js';
import type { Signal } from '../../../src/switchboard/leg-commands.js';
import { shownCaller } from '../../../src/switchboard/leg-commands.js';
import type { CallNote, SwitchboardState } from '../../../src/switchboard/state.js';
import { emptySwitchboard } from '../../../src/switchboard/state.js';
import type { SwitchboardEvent } from '../../../src/switchboard/switchboard.js';
import { transition } from '../../../src/switchboard/switchboard.js';

/** The office of the tests: Anna and Ben do support, Cara sales, Mona moderates. */
export const anna = extensionNumber('101');
export const ben = extensionNumber('102');
export const cara = extensionNumber('103');
export const mona = extensionNumber('201');

export const support = groupId('support');
export const supportProfile = profileId('support');
export const city = trunkId('city');
export const spare = trunkId('spare');
export const mobile = trunkId('mobile');

const trunk = (id: Trunk['id'], prefix: string, callerId: string | null, isTrusted = false): Trunk => ({
  id,
  name: id,
  prefix,
  callerId,
  isTrusted,
  inbound: { kind: 'group', group: support },
  numbers: [],
});

const people = [
  { number: anna, name: 'Anna' },
  { number: ben, name: 'Ben' },
  { number: cara, name: 'Cara' },
  { number: mona, name: 'Mona' },
];

/** All members ring at once. */
export const supportGroup: Group = {
  ...{ id: support, name: 'Support', number: '600', members: [anna, ben] },
  ...{ strategy: 'all', memberMs: 20_000, overflow: null },
};

export const office: Directory = {
  country: 'de',
  extensions: new Map(people.map((person) => [person.number, person])),
  groups: new Map([[support, supportGroup]]),
  trunks: [trunk(city, '0', '4930555'), trunk(spare, '0', null), trunk(mobile, '01', null)],
  services: [
    { number: '*90', profile: supportProfile, from: { kind: 'extensions' } },
    { number: '493055590', profile: supportProfile, from: { kind: 'trunk', trunk: city } },
  ],
  ringSeconds: 30,
};

export const inside = (number: typeof anna): Origin => ({ kind: 'extension', number });
export const outside = (id: Trunk['id']): Origin => ({ kind: 'trunk', trunk: id });

/** The first, second … phone of an extension. */
export const phone = (extension: typeof anna, serial = 1) => contactId(`${extension}-${serial}`);
/** The n-th leg on which the switchboard calls somebody. */
export const out = (serial: number) => legId(`out-${serial}`);

/** The switchboard with its state, its clock and all that it has said. */
export class Desk {
  now = 1_000_000;
  state: SwitchboardState;
  readonly notes: CallNote[] = [];
  readonly signals: Signal[] = [];
  #legs = 0;

  constructor(directory: Directory = office) {
    this.state = emptySwitchboard(directory);
  }

  happens(...events: readonly SwitchboardEvent[]): this {
    for (const event of events) {
      const step = transition(this.state, event, this.now);
      this.state = step.state;
      this.notes.push(...step.notes);
      this.signals.push(...step.signals);
    }
    return this;
  }

  withPhones(...extensions: readonly (typeof anna)[]): this {
    for (const extension of extensions) {
      const known = this.state.contacts.get(extension)?.length ?? 0;
      this.happens({ type: 'contactBound', extension, contact: phone(extension, known + 1) });
    }
    return this;
  }

  /** Somebody dials; returns the new leg. */
  dials(
    origin: Origin,
    dialled: string,
    number: string = origin.kind === 'extension' ? origin.number : '',
    holds?: LegId,
  ) {
    this.#legs += 1;
    const leg = legId(`in-${this.#legs}`);
    this.comesIn({
      type: 'incoming',
      leg,
      origin,
      caller: shownCaller({ number, name: '' }),
      dialled,
      ...(holds ? { holds } : {}),
    });
    return leg;
  }

  /** A call to a number that is not a service number. */
  comesIn(event: Extract<LegEvent, { type: 'incoming' }>): void {
    const to = route(this.state.directory, event.origin, event.dialled);
    if (to.kind === 'service') throw new Error('no call of the switchboard');
    this.happens({ ...event, route: to });
  }

  get noteTypes(): readonly string[] {
    return this.notes.map(({ type }) => type);
  }
}
