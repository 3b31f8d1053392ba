import { nextDeadline } from '../../../src/monitoring/deadlines.js';
import { desiredEdges, desiredPinChecks, desiredPlaybacks } from '../../../src/monitoring/desired.js';
import { emptyMonitoring, transition } from '../../../src/monitoring/monitoring.js';
import type { MonitoringEvent } from '../../../src/monitoring/monitoring-event.js';
import type { MonitoringContext } from '../../../src/monitoring/on-session.js';
import type { LocalTime, MonitoringPolicy, Person, Profile } from '../../../src/monitoring/profile.js';
import type { AuditFact, DurableRecords } from '../../../src/monitoring/records.js';
import { review } from '../../../src/monitoring/review-all.js';
import type { Session } from '../../../src/monitoring/session.js';
import type { MonitoringState } from '../../../src/monitoring/state.js';
import type { ExtensionNumber, LegId } from '../../../src/primitives/ids.js';
import { callId, groupId, legId } from '../../../src/primitives/ids.js';
import type { Digit } from '../../../src/primitives/keys.js';
import type { Utterance } from '../../../src/switchboard/audio.js';
import type { CallRoute, Origin } from '../../../src/switchboard/dial-plan.js';
import type { MonitoringRequest } from '../../../src/switchboard/events.js';
import { shownCaller } from '../../../src/switchboard/leg-commands.js';
import type { Protections } from '../../../src/switchboard/protection.js';
import type { Party, TalkingCall } from '../../../src/switchboard/state.js';
import type { TalkingCalls } from '../../../src/switchboard/talking-calls.js';
import { talkingCalls } from '../../../src/switchboard/talking-calls.js';
import { anna, ben, cara, city, inside, mona, outside, supportProfile } from '../switchboard/office.js';

export const moderators = groupId('moderators');
export const members = groupId('members');

/** Everything is allowed, nothing is said to the parties. */
export const openProfile: Profile = {
  id: supportProfile,
  name: 'Support',
  enabled: true,
  moderators,
  members,
  interventions: new Set(['whisper', 'barge', 'takeOver']),
  notice: { member: { kind: 'none' }, other: { kind: 'none' } },
  stereo: false,
  encryptedCalls: 'protectedLine',
  windows: [],
  quota: null,
  admission: false,
};

const person = (number: ExtensionNumber, language: Person['language'] = 'en'): Person => ({
  number,
  consents: true,
  language,
  pinMark: `PIN of ${number}`,
});

/** Mona moderates; Anna and Ben are members; Cara is neither. */
export const openPolicy: MonitoringPolicy = {
  agreement: null,
  helpTitles: { de: 'Hilfe:', en: 'Help:' },
  language: 'en',
  country: 'de',
  profiles: new Map([[supportProfile, openProfile]]),
  persons: new Map([person(anna), person(ben), person(cara), person(mona, 'de')].map((one) => [one.number, one])),
  groups: new Map([
    [moderators, [mona]],
    [members, [anna, ben]],
  ]),
  exclusions: { extensions: new Set(), numbers: [] },
  limits: { perCall: 10, total: 100 },
};

export const withProfile = (change: Partial<Profile>): MonitoringPolicy => ({
  ...openPolicy,
  profiles: new Map([[supportProfile, { ...openProfile, ...change }]]),
});

/** A Wednesday noon. */
export const noon: LocalTime = { weekday: 3, minute: 720, month: '2026-03', time: Date.UTC(2026, 2, 4, 12) };

export const noRecords: DurableRecords = { lockouts: {}, quotas: { month: '2026-03', used: {} } };

export const extensionParty = (number: ExtensionNumber, leg: string): Party => ({
  leg: legId(leg),
  line: inside(number),
  number,
  name: '',
  known: [number],
  direction: 'incoming',
  held: false,
  confirmed: true,
});

export const outsideParty = (number: string, leg: string): Party => ({
  ...extensionParty(anna, leg),
  line: outside(city),
  number,
  known: number === '' ? [] : [number],
});

/** A call in which two parties talk; its legs are named after its serial: `a1` and `b1`. */
export function talking(serial: number, from: ExtensionNumber | string, to: ExtensionNumber | string): TalkingCall {
  const party = (who: ExtensionNumber | string, leg: string): Party =>
    isExtension(who) ? extensionParty(who, leg) : outsideParty(who, leg);
  const route: CallRoute = isExtension(to)
    ? { kind: 'extension', number: to }
    : { kind: 'trunk', trunks: [city], number: to };
  return {
    kind: 'talking',
    id: callId(serial),
    caller: party(from, `a${serial}`),
    callee: party(to, `b${serial}`),
    route,
    startedAt: 0,
    answeredAt: 0,
    connectedAt: 0,
  };
}

const isExtension = (who: ExtensionNumber | string): who is ExtensionNumber => who.length === 3;

/** Monitoring with its state, its clock, the calls around it, and all that it has said and asked. */
export class MonitoringDesk {
  now = 1_000_000;
  local = noon;
  calls: readonly TalkingCall[] = [];
  inTransfer: ReadonlySet<LegId> = new Set();
  protections: Protections = new Map();
  state: MonitoringState;
  /** Whether facts are recorded at once; what they would bring about waits otherwise. */
  records = true;
  readonly facts: AuditFact[] = [];
  readonly requests: MonitoringRequest[] = [];
  #legs = 0;

  constructor(policy: MonitoringPolicy = openPolicy, records = noRecords) {
    this.state = emptyMonitoring(policy, records);
  }

  happens(...events: readonly MonitoringEvent[]): void {
    for (const event of events) {
      const { around } = this;
      const step = transition(this.state, event, around);
      const reviewed = review(step.state, around);
      this.state = reviewed.state;
      this.facts.push(...step.facts, ...reviewed.facts);
      this.requests.push(...step.requests);
      const facts = [...step.facts, ...reviewed.facts];
      if (this.records) for (const session of new Set(facts.map((fact) => fact.session))) this.recorded(session);
    }
  }

  /** The world around it. */
  get around(): MonitoringContext {
    const { inTransfer, protections, local, now } = this;
    return { calls: this.talking, inTransfer, protections, local, now };
  }

  /** The audit record has all that the session noted. */
  recorded(session: number): void {
    this.happens({ type: 'recorded', session });
  }

  /** Time goes on, and the deadlines that pass on the way are met. */
  passes(ms: number): void {
    this.now += ms;
    this.happens({ type: 'tick' });
  }

  get talking(): TalkingCalls {
    return talkingCalls(new Map(this.calls.map((call) => [call.id, call])));
  }

  /** Calls begin or end. */
  callsAre(...calls: readonly TalkingCall[]): void {
    this.calls = calls;
    this.passes(0);
  }

  /** Somebody dials the service number; returns the new leg. */
  dialsIn(line: Origin = inside(mona), number = '', profile = supportProfile): LegId {
    this.#legs += 1;
    const leg = legId(`m${this.#legs}`);
    this.happens({ type: 'serviceDialled', leg, profile, line, caller: shownCaller({ number, name: '' }) });
    return leg;
  }

  keys(leg: LegId, digits: string): void {
    for (const digit of digits) this.happens({ type: 'digit', leg, digit: digit as Digit });
  }

  /** The slow comparison of the leg's PIN comes to its end. */
  pinIsOf(leg: LegId, moderator: ExtensionNumber | null): void {
    const check = this.pinChecks.find((wanted) => wanted.leg === leg)?.check;
    if (check === undefined) throw new Error(`${leg} waits for no PIN check`);
    this.happens({ type: 'pinChecked', leg, check, moderator });
  }

  /** Dials in and keys a right PIN. */
  identified(moderator: ExtensionNumber = mona, line: Origin = inside(moderator)): LegId {
    const leg = this.dialsIn(line);
    this.keys(leg, '1234#');
    this.pinIsOf(leg, moderator);
    return leg;
  }

  /** Dials in and joins the newest call, or the one of the member. */
  monitoring(member = '', moderator: ExtensionNumber = mona, line: Origin = inside(moderator)): LegId {
    const leg = this.identified(moderator, line);
    this.keys(leg, `${member}#`);
    return leg;
  }

  /** What is being said to the moderator has been said. */
  speechEnds(leg: LegId): void {
    for (const { id } of this.playbacksTo(leg)) this.happens({ type: 'playbackEnded', leg, playback: id });
  }

  session(leg: LegId): Session {
    const found = this.state.sessions.get(leg);
    if (!found) throw new Error(`${leg} has no session`);
    return found;
  }

  stage(leg: LegId): Session['stage']['kind'] {
    return this.session(leg).stage.kind;
  }

  get pinChecks() {
    return desiredPinChecks(this.state);
  }

  get edges(): readonly string[] {
    return desiredEdges(this.state, this.talking).map(({ from, to }) => `${from}>${to}`);
  }

  playbacksTo(leg: LegId) {
    return desiredPlaybacks(this.state, this.talking).filter((playback) => playback.leg === leg);
  }

  /** What the leg is told at the moment, in names of prompts and tones, and digits. */
  told(leg: LegId): readonly string[] {
    return this.playbacksTo(leg).flatMap(({ items }) => items.map(inWords));
  }

  get deadline(): number | undefined {
    return nextDeadline(this.state, this.talking, (Math.floor(this.now / 60_000) + 1) * 60_000);
  }

  get factTypes(): readonly string[] {
    return this.facts.map(({ type }) => type);
  }

  /** Why the last refusal was. */
  get refusal(): string | undefined {
    const last = this.facts.findLast((fact) => fact.type === 'refused');
    return last?.type === 'refused' ? last.reason : undefined;
  }
}

export function inWords(item: Utterance): string {
  switch (item.kind) {
    case 'digits':
      return item.digits;
    case 'spelling':
      return item.text;
    case 'pause':
      return `${item.ms} ms`;
    default:
      return item.name;
  }
}
