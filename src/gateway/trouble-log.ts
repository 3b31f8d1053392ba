import type { EngineEvent } from '../engine/engine.js';
import type { English, Message, PlainTextCode } from '../locales/codes.js';
import type { TrunkId } from '../primitives/ids.js';
import { Counted } from './counted.js';
import type { Log } from './log.js';

type Rejected = Extract<EngineEvent, { type: 'rejected' }>;
type CallRefused = Extract<EngineEvent, { type: 'callRefused' }>;
type TrunkRefused = Extract<EngineEvent, { type: 'trunkRefused' }>;
type CommandFailed = Extract<EngineEvent, { type: 'commandFailed' }>;

/** Logs what was refused and what to do about it: each kind from each source once, then a count a minute. */
export class TroubleLog {
  readonly #log: Log;
  readonly #counted: Counted;
  /** What was last logged for each trunk that is not registered. */
  readonly #trunks = new Map<TrunkId, string>();

  constructor(log: Log) {
    this.#log = log;
    this.#counted = new Counted(({ kind, source, more }) =>
      log.warn({ kind, source, more }, `… and ${more} more of this kind from ${source} in the last minute`),
    );
  }

  rejected(event: Rejected): void {
    const { kind, source, suppressed } = event;
    if (!this.#counted.admit(kind, hostOf(source), 1 + suppressed)) return;
    this.#log.warn({ ...event, advice: rejectedAdvice(kind) }, 'refused traffic from outside');
  }

  callRefused(event: CallRefused): void {
    const { to, status } = event;
    if (isOrdinary.has(status) || !this.#counted.admit(`call refused with ${status}`, to)) return;
    const advice: Message = event.keysInClear
      ? { code: 'advice.callRefused.keysInClear' }
      : adviceFor(event, callAdvice, 'advice.callRefused.other');
    this.#log.warn({ ...event, advice }, 'a call was refused');
  }

  /** A party can cause it as often as it likes, by keys that come faster than they can be passed on. */
  commandFailed(event: CommandFailed): void {
    if (!this.#counted.admit(`failed command ${event.command}`, event.leg)) return;
    this.#log.warn(event, 'the engine could not execute a command');
  }

  /** Logged when the reason changes, not at each attempt. */
  trunkRefused(event: TrunkRefused): void {
    const { trunk, status, reason } = event;
    const told = `${status} ${reason}`;
    if (this.#trunks.get(trunk) === told) return;
    this.#trunks.set(trunk, told);
    this.#log.warn(
      { ...event, advice: adviceFor(event, trunkAdvice, 'advice.trunkRefused.other') },
      'a trunk cannot be registered; it is tried again',
    );
  }

  trunkUp(trunk: TrunkId): void {
    if (this.#trunks.get(trunk) === registered) return;
    this.#trunks.set(trunk, registered);
    this.#log.info({ trunk }, 'a trunk is up');
  }

  /** Another reason than the refusal that was logged: what is refused from now on is news. */
  trunkDown({ trunk, reason }: Extract<EngineEvent, { type: 'trunkDown' }>): void {
    if (this.#trunks.get(trunk) !== reason) this.#trunks.delete(trunk);
  }

  publicName(event: Extract<EngineEvent, { type: 'publicName' }>): void {
    if ('address' in event) this.#log.info(event, 'phones outside are told this address for their sound');
    else
      this.#log.warn(
        { ...event, advice: { code: 'advice.publicName' } satisfies Message },
        'the address behind sip.publicAddress is not known',
      );
  }

  stop(): void {
    this.#counted.stop();
  }
}

const registered = 'registered';

/** How people, and phones on their behalf, decline calls. */
const isOrdinary: ReadonlySet<number> = new Set([404, 480, 484, 486, 487, 600, 603, 604]);

type Rejection = Exclude<keyof English['advice']['rejected'], 'other'>;

/** Kinds of refused traffic that there is advice for. */
const rejections: Readonly<Record<Rejection, true>> = {
  stranger: true,
  wrongDigest: true,
  guessing: true,
  impersonation: true,
  methodNotAllowed: true,
  unknownMethod: true,
  tooManyContacts: true,
  overload: true,
  behind: true,
  unread: true,
  handshake: true,
  loop: true,
  unanswered: true,
  md5Fallback: true,
  unencrypted: true,
  keysInClear: true,
};

const isAdvised = (kind: string): kind is Rejection => Object.hasOwn(rejections, kind);

function rejectedAdvice(kind: string): Message {
  return { code: `advice.rejected.${isAdvised(kind) ? kind : 'other'}` };
}

const callAdvice: Advice = new Map([
  [301, 'advice.callRefused.forwarded'],
  [302, 'advice.callRefused.forwarded'],
  [403, 'advice.callRefused.forbidden'],
  [488, 'advice.callRefused.noCodec'],
  [503, 'advice.callRefused.noRoom'],
]);
const trunkAdvice: Advice = new Map([
  [401, 'advice.trunkRefused.wrongAccount'],
  [403, 'advice.trunkRefused.forbidden'],
  [404, 'advice.trunkRefused.unknownUser'],
  [407, 'advice.trunkRefused.wrongAccount'],
]);

type AdviceCode = Extract<PlainTextCode, `advice.${string}`>;
type Advice = ReadonlyMap<number, AdviceCode>;

/** @param other For a status without advice of its own. */
function adviceFor(
  { status, answered }: { status: number; answered: boolean },
  advice: Advice,
  other: AdviceCode,
): Message {
  return { code: answered ? (advice.get(status) ?? other) : 'advice.unreached' };
}

/** Of `udp:192.0.2.1:5060`: a stranger can use any port. */
function hostOf(source: string): string {
  return source.replace(/^[a-z]+:|:\d+$/g, '');
}
