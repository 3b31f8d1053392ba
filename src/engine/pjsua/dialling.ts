import type { Call, CallOptions, Endpoint } from 'node-pjsua2';
import type { ContactId, LegId } from '../../primitives/ids.js';
import type { CallerId, Destination } from '../../switchboard/leg-commands.js';
import { sipCause } from '../sip-causes.js';
import type { PjsuaContacts } from './contacts.js';
import { nextTry } from './emergency-tries.js';
import { encryptionInEmergency, type PossibleEncryption } from './encrypted-calls.js';
import type { PjsuaLegs } from './legs.js';
import type { Reports } from './reports.js';
import type { PjsuaTrunks, TrunkDestination, TrunkDialOptions } from './trunks.js';

type PassedOn = Pick<CallOptions, 'maxForwards'>;
type PhoneDialOptions = Pick<CallOptions, 'encryption' | 'maxForwards'>;

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
    const encryption = this.#encryptionTo(to);
    if (encryption === 'keysInClear') {
      this.#refuse(leg, contact ?? nameOf(to));
      return;
    }
    const options = { encryption, ...this.#passedOn(caller) };
    this.reports.attempt(leg, 'dial', () => {
      if (to.kind === 'trunk') this.#callTrunk(leg, to, callerId, { emergency: this.#isEmergency(to), ...options });
      else this.#callContact(leg, to.contact, contact ?? '', callerId, options);
    });
    if (!legs.get(leg)) this.reports.emitSoon({ type: 'released', leg, cause: 'failure' });
  }

  #callContact(leg: LegId, contact: ContactId, to: string, callerId: CallerId, options: PhoneDialOptions): void {
    const { endpoint, contacts, legs } = this.parts;
    const assertIdentity = callerId.number !== '';
    const call = endpoint.call({ to, from: shownAs(callerId), assertIdentity, ...options });
    // First, because the end of a leg is the last thing reported about it.
    this.#reportRefusal(leg, call, to, false);
    legs.follow(leg, { call, direction: 'outgoing', isBrowser: contacts.isBrowserAt(contact) });
    contacts.follow(contact, call);
  }

  /** An emergency call gives way in whatever a trunk does not take it with, such as a session timer, which could end it. */
  #callTrunk(leg: LegId, to: TrunkDestination, callerId: CallerId, options: TrunkDialOptions): void {
    const { trunks, legs } = this.parts;
    const call = trunks.dial(to, callerId, options);
    this.#reportRefusal(leg, call, nameOf(to), true);
    legs.followIdentity(leg, call);
    const tryAgain = (status: number): boolean => {
      const next = nextTry(options, status);
      if (!next) return false;
      this.reports.attempt(leg, 'dial', () => this.#callTrunk(leg, to, callerId, next));
      return legs.get(leg)?.call !== call;
    };
    legs.follow(leg, { call, direction: 'outgoing', ...(options.emergency ? { tryAgain } : {}) });
  }

  #encryptionTo(to: Destination): PossibleEncryption {
    const { contacts, trunks } = this.parts;
    if (to.kind === 'contact') return contacts.encryptionTo(to.extension, to.contact);
    const wanted = trunks.encryptionTo(to.trunk);
    return this.#isEmergency(to) ? encryptionInEmergency(wanted) : wanted;
  }

  #isEmergency({ number }: TrunkDestination): boolean {
    return this.parts.emergencyNumbers().includes(number);
  }

  /** As the box itself refuses a call that has to be encrypted and cannot be. */
  #refuse(leg: LegId, to: string): void {
    const reason = 'Encryption of the media needs TLS';
    const { status } = sipCause('notAcceptable');
    this.reports.emitSoon({ type: 'callRefused', leg, to, status, reason, answered: false, keysInClear: true });
    this.reports.emitSoon({ type: 'released', leg, cause: 'notAcceptable' });
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

const nameOf = (to: Destination): string => (to.kind === 'trunk' ? `trunk ${to.trunk}` : to.contact);

function shownAs({ number, name }: CallerId) {
  return number === '' ? { user: 'anonymous', displayName: 'Anonymous' } : { user: number, displayName: name };
}
