import type { Call, CallOptions, Endpoint } from 'node-pjsua2';
import type { ContactId, LegId } from '../../primitives/ids.js';
import type { CallerId, Destination } from '../../switchboard/leg-commands.js';
import type { PjsuaContacts } from './contacts.js';
import type { PjsuaLegs } from './legs.js';
import type { Reports } from './reports.js';
import type { PjsuaTrunks, TrunkDestination, TrunkDialOptions } from './trunks.js';

type PassedOn = Pick<CallOptions, 'maxForwards'>;

/** 421 Extension Required, 422 Session Interval Too Small. */
const wantsTimer: ReadonlySet<number> = new Set([421, 422]);

/** How many may pass a call on that does not say it (RFC 3261, 8.1.1.6). */
export const usualForwards = 70;

/** What calls go out through. */
interface DiallingParts {
  readonly endpoint: Endpoint;
  readonly contacts: PjsuaContacts;
  readonly trunks: PjsuaTrunks;
  readonly legs: PjsuaLegs;
  /** As they are dialled: a session timer could end such a call. */
  emergencyNumbers(): readonly string[];
}

/** Calls that go out: to a registered phone, or to a number behind a trunk. */
export class Dialling {
  constructor(
    private readonly parts: DiallingParts,
    private readonly reports: Reports,
  ) {}

  dial(leg: LegId, to: Destination, callerId: CallerId, caller?: LegId): void {
    const { contacts, legs } = this.parts;
    const contact = to.kind === 'contact' ? contacts.uriOf(to.contact) : undefined;
    if (to.kind === 'contact' && contact === undefined) {
      this.reports.emitSoon({ type: 'released', leg, cause: 'unavailable' });
      return;
    }
    this.reports.attempt(leg, 'dial', () => {
      if (to.kind === 'trunk') this.#callTrunk(leg, to, callerId, this.#passedOn(caller));
      else this.#callContact(leg, to.contact, contact ?? '', callerId, this.#passedOn(caller));
    });
    if (!legs.get(leg)) this.reports.emitSoon({ type: 'released', leg, cause: 'failure' });
  }

  #callContact(leg: LegId, contact: ContactId, to: string, callerId: CallerId, passedOn: PassedOn): void {
    const { endpoint, contacts, legs } = this.parts;
    const assertIdentity = callerId.number !== '';
    const call = endpoint.call({ to, from: shownAs(callerId), assertIdentity, ...passedOn });
    // First, because the end of a leg is the last thing reported about it.
    this.#reportRefusal(leg, call, to, false);
    legs.follow(leg, { call, direction: 'outgoing' });
    contacts.follow(contact, call);
  }

  /** A session timer could end an emergency call, so that it has none unless the trunk takes no call without. */
  #callTrunk(leg: LegId, to: TrunkDestination, callerId: CallerId, options: TrunkDialOptions): void {
    const { trunks, legs, emergencyNumbers } = this.parts;
    const emergency = emergencyNumbers().includes(to.number);
    const call = trunks.dial(to, callerId, { emergency, ...options });
    this.#reportRefusal(leg, call, `trunk ${to.trunk}`, true);
    legs.followIdentity(leg, call);
    const mayTryAgain = emergency && options.sessionTimer === undefined;
    const tryAgain = (status: number): boolean => {
      if (!wantsTimer.has(status)) return false;
      this.reports.attempt(leg, 'dial', () => this.#callTrunk(leg, to, callerId, { ...options, sessionTimer: true }));
      return legs.get(leg)?.call !== call;
    };
    legs.follow(leg, { call, direction: 'outgoing', ...(mayTryAgain ? { tryAgain } : {}) });
  }

  /** Counts Max-Forwards down, so that a call that goes in a circle ends (RFC 3261, 16.6). */
  #passedOn(caller: LegId | undefined): PassedOn {
    const left = caller === undefined ? undefined : this.parts.legs.get(caller)?.maxForwards;
    return left === undefined ? {} : { maxForwards: Math.max(0, Math.min(left, usualForwards) - 1) };
  }

  #reportRefusal(leg: LegId, call: Call, to: string, isTrunk: boolean): void {
    call.on('ended', ({ status, reason, cause, redirect }) => {
      // The rules decide about a phone that forwards, and log it.
      if (redirect && !isTrunk) return;
      if (status >= 300 && cause !== 'local')
        this.reports.emit({ type: 'callRefused', leg, to, status, reason, answered: cause === 'remote' });
    });
  }
}

function shownAs({ number, name }: CallerId) {
  return number === '' ? { user: 'anonymous', displayName: 'Anonymous' } : { user: number, displayName: name };
}
