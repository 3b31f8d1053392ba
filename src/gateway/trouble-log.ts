import type { EngineEvent } from '../engine/engine.js';
import type { TrunkId } from '../primitives/ids.js';
import { Counted } from './counted.js';
import type { Log } from './log.js';

type Rejected = Extract<EngineEvent, { type: 'rejected' }>;
type CallRefused = Extract<EngineEvent, { type: 'callRefused' }>;
type TrunkRefused = Extract<EngineEvent, { type: 'trunkRefused' }>;

/** Tells the admin of what was refused, with what to do about it: each kind from each source once, then its number a minute. */
export class TroubleLog {
  readonly #log: Log;
  readonly #counted: Counted;
  /** What was told last of the trunks that are not registered. */
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
    this.#log.warn({ ...event, advice: rejectedAdvice[kind] ?? leaveIt }, 'refused traffic from outside');
  }

  callRefused(event: CallRefused): void {
    const { to, status } = event;
    if (isOrdinary.has(status) || !this.#counted.admit(`call refused with ${status}`, to)) return;
    this.#log.warn({ ...event, advice: adviceFor(event, callAdvice) }, 'a call was refused');
  }

  /** Told when it is another reason than before, not each time it is tried again. */
  trunkRefused(event: TrunkRefused): void {
    const { trunk, status, reason } = event;
    const told = `${status} ${reason}`;
    if (this.#trunks.get(trunk) === told) return;
    this.#trunks.set(trunk, told);
    this.#log.warn(
      { ...event, advice: adviceFor(event, trunkAdvice) },
      'a trunk cannot be registered; it is tried again',
    );
  }

  trunkUp(trunk: TrunkId): void {
    if (this.#trunks.get(trunk) === registered) return;
    this.#trunks.set(trunk, registered);
    this.#log.info({ trunk }, 'a trunk is registered');
  }

  publicName(event: Extract<EngineEvent, { type: 'publicName' }>): void {
    if ('address' in event) this.#log.info(event, 'phones outside are told this address for their sound');
    else this.#log.warn({ ...event, advice: nameAdvice }, 'the address behind sip.publicAddress is not known');
  }

  stop(): void {
    this.#counted.stop();
  }
}

const registered = 'registered';

/** How people, and phones for them, decline calls. */
const isOrdinary: ReadonlySet<number> = new Set([404, 480, 484, 486, 487, 600, 603, 604]);

const nameAdvice = 'Phones outside may hear nothing: check the name and the nameserver, or write the address itself.';
const leaveIt = 'Nothing needs to be done, unless it is a phone of yours: a firewall keeps strangers out.';
const rejectedAdvice: Readonly<Record<string, string>> = {
  stranger: 'No extension has this user name: correct it at the phone, or set the extension up.',
  wrongDigest: 'The password is wrong: compare that of the phone with that of the extension in the settings.',
  guessing: 'Somebody tries passwords: keep this address out with a firewall.',
  impersonation: 'The phone uses another number than that of its account: correct its user name.',
  methodNotAllowed: 'The phone asks for what Modcall does not offer; its calls do not suffer.',
  unknownMethod: 'The phone asks for what Modcall does not offer; its calls do not suffer.',
  tooManyContacts:
    'It registers more contacts at once than an extension may have: let it register fewer, or give it further extensions.',
  overload:
    'It sends more at once than its share: look at what it does, or keep it out with a firewall if it is none of yours.',
  loop: 'The call came back to Modcall again and again: look for forwarding in a circle, here or at the other side.',
  unanswered:
    'It asks again and again and never proves its password: it may not know the algorithms of sip.digest in the settings (["MD5"] suits all phones), or have no password.',
};

type Advice = Readonly<Record<number, string>>;

const unreached =
  'Nobody answers there: check host, port and transport, the network, and the nameserver where it is a name.';
const callAdvice: Advice = {
  301: 'It forwards the call, which is not followed where a trunk leads: switch that off there, or call the other number.',
  302: 'It forwards the call, which is not followed where a trunk leads: switch that off there, or call the other number.',
  403: 'It does not allow this call: ask whoever runs the other side, or check the settings of the phone.',
  488: 'It offers no codec that Modcall has (G.711, G.722, Opus), or wants SRTP: check the codecs there.',
  503: 'It has no room for the call, or is not in service.',
};
const trunkAdvice: Advice = {
  401: 'The provider does not accept user name and password: compare them with what it has told you.',
  403: 'The provider does not admit this account: compare user name and password with what it has told you, or ask it.',
  404: 'The provider does not know this user name: compare it with what it has told you.',
  407: 'The provider does not accept user name and password: compare them with what it has told you.',
};

function adviceFor({ status, answered }: { status: number; answered: boolean }, advice: Advice): string {
  return answered ? (advice[status] ?? 'Ask whoever runs the other side what this status means there.') : unreached;
}

/** Of `udp:192.0.2.1:5060`: a stranger can use any port. */
function hostOf(source: string): string {
  return source.replace(/^[a-z]+:|:\d+$/g, '');
}
