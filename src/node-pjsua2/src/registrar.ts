import { EventEmitter } from 'node:events';
import type { Binding, ContactId, DigestAlgorithm, RegistrarUser } from './binding.js';
import { InvalidStateError } from './errors.js';
import type { Wiring } from './events.js';
import { type Handle, native, type RawEvent } from './native.js';

export interface RegistrarOptions {
  /** Realm of the digest challenges; the users' digests depend on it. */
  readonly realm: string;
  /** Shortest lifetime of a binding, in seconds; a phone that asks for less is refused with 423. Default 60. */
  readonly minExpires?: number;
  /** Longest lifetime of a binding, in seconds; a phone that asks for more gets this. Default 3600. */
  readonly maxExpires?: number;
  /** Lifetime of a binding whose phone does not ask for any, in seconds. Default 600. */
  readonly defaultExpires?: number;
  /** Contacts per user, 1 to 50; a new one beyond that replaces the one that was refreshed longest ago. Default 10. */
  readonly maxContactsPerUser?: number;
  /** Offered in this order. Default MD5, then SHA-256, because some phones give up if they do not know the first one. */
  readonly algorithms?: readonly DigestAlgorithm[];
}

export interface Bound extends Binding {
  /** Whether the contact was already bound. */
  readonly refreshed: boolean;
}

export interface Unbound {
  readonly username: string;
  readonly contact: ContactId;
  /**
   * removed: by the phone; expired: not refreshed in time; replaced: the same phone registered another address; dropped: its connection,
   * its user or the registrar is gone, or the password has changed.
   */
  readonly reason: 'removed' | 'expired' | 'replaced' | 'dropped';
}

interface RegistrarEvents {
  bound: [Bound];
  unbound: [Unbound];
}

type RawRegistrarEvent = RawEvent & (({ readonly type: 'bound' } & Bound) | ({ readonly type: 'unbound' } & Unbound));

/**
 * The SIP registrar of an endpoint (RFC 3261, section 10.3), with digest authentication (RFC 7616, RFC 8760). Calls from its users are
 * admitted, too.
 */
export class Registrar extends EventEmitter<RegistrarEvents> {
  readonly #handle: Handle;
  readonly #onClosed: () => void;
  /** Users whose contacts were reported, so that lost events can be made up for. */
  readonly #told = new Map<ContactId, string>();
  #closed = false;

  /** @internal Use Endpoint.createRegistrar(). */
  constructor(wiring: Wiring, options: RegistrarOptions, onClosed: () => void) {
    super();
    this.#onClosed = onClosed;
    this.#handle = native.createRegistrar({
      realm: options.realm,
      minExpires: options.minExpires ?? 60,
      maxExpires: options.maxExpires ?? 3600,
      defaultExpires: options.defaultExpires ?? Math.max(600, options.minExpires ?? 0),
      maxContactsPerUser: options.maxContactsPerUser ?? 10,
      algorithms: [...(options.algorithms ?? ['MD5', 'SHA-256'])],
    });
    wiring.subscribe<RawRegistrarEvent>(this.#handle, (event) => this.#deliver(event));
  }

  /**
   * Replaces all users at once. Bindings of users who are gone or have another password are dropped; calls continue. Only the digests of
   * the passwords are kept.
   *
   * @throws TypeError for an empty, overlong or duplicate username
   */
  setUsers(users: readonly RegistrarUser[]): void {
    native.setUsers(this.#open(), users);
  }

  /**
   * The algorithms offered from now on to users who have none of their own, in this order. No binding ends.
   *
   * @throws TypeError for an empty list
   */
  setAlgorithms(algorithms: readonly DigestAlgorithm[]): void {
    native.setAlgorithms(this.#open(), { algorithms });
  }

  /** Where this user, or every user, can be reached now. */
  bindings(username?: string): Binding[] {
    return native.bindings(this.#open(), username);
  }

  /** Drops all bindings; registrations are refused from now on, and so are calls from users. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    native.closeRegistrar(this.#handle);
    this.#onClosed();
  }

  /** @internal Called when some of the events were lost. */
  catchUp(): void {
    const now = new Map(this.bindings().map((binding) => [binding.contact, binding]));
    for (const [contact, username] of [...this.#told])
      if (!now.has(contact)) this.#reportUnbound({ username, contact, reason: 'dropped' });
    for (const binding of now.values()) this.#reportBound({ ...binding, refreshed: this.#told.has(binding.contact) });
  }

  /** @internal Called when the endpoint closes. */
  abandon(): void {
    this.#closed = true;
  }

  #open(): Handle {
    if (this.#closed) throw new InvalidStateError('the registrar is closed');
    return this.#handle;
  }

  #deliver(event: RawRegistrarEvent): void {
    const { subject: _, ...told } = event;
    if (told.type === 'bound') {
      const { type: _type, ...bound } = told;
      this.#reportBound(bound);
    } else {
      const { type: _type, ...unbound } = told;
      this.#reportUnbound(unbound);
    }
  }

  #reportBound(bound: Bound): void {
    this.#told.set(bound.contact, bound.username);
    this.emit('bound', bound);
  }

  #reportUnbound(unbound: Unbound): void {
    this.#told.delete(unbound.contact);
    this.emit('unbound', unbound);
  }
}
