import { EventEmitter } from 'node:events';
import type { Binding, ContactId, DigestAlgorithm, RegistrarUser } from './binding.js';
import { InvalidStateError } from './errors.js';
import type { Wiring } from './events.js';
import { type Handle, native, type RawEvent } from './native.js';
import type { Subscribed, SubscriptionId, Unsubscribed, Watchable } from './watching.js';

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
  /**
   * Somebody begins to watch, goes on, ends it, or can be told something again after a refusal: each time they are to be told the state
   * by `notify`.
   */
  subscribed: [Subscribed];
  unsubscribed: [Unsubscribed];
}

type RawRegistrarEvent = RawEvent &
  (
    | ({ readonly type: 'bound' } & Bound)
    | ({ readonly type: 'unbound' } & Unbound)
    | ({ readonly type: 'subscribed' } & Subscribed)
    | ({ readonly type: 'unsubscribed' } & Unsubscribed)
  );

/**
 * The SIP registrar of an endpoint (RFC 3261, section 10.3), with digest authentication (RFC 7616, RFC 8760). Calls from its users are
 * admitted, too.
 */
export class Registrar extends EventEmitter<RegistrarEvents> {
  readonly #wiring: Wiring;
  readonly #handle: Handle;
  readonly #minExpires: number;
  readonly #onClosed: () => void;
  /** Users whose contacts were reported, so that lost events can be made up for. */
  readonly #told = new Map<ContactId, string>();
  readonly #subscriptions = new Set<SubscriptionId>();
  #closed = false;

  /** @internal Use Endpoint.createRegistrar(). */
  constructor(wiring: Wiring, options: RegistrarOptions, onClosed: () => void) {
    super();
    this.#wiring = wiring;
    this.#onClosed = onClosed;
    this.#minExpires = options.minExpires ?? 60;
    this.#handle = native.createRegistrar({
      realm: options.realm,
      minExpires: this.#minExpires,
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

  /**
   * What users may watch from now on, by subscribing to the event package `dialog` (RFC 6665, RFC 4235) from where they are registered.
   * Subscriptions to anything else end. At first it is nothing.
   */
  setWatchable(watchable: readonly Watchable[]): void {
    native.setWatchable(this.#open(), watchable, this.#minExpires);
  }

  /**
   * Tells a watcher the state. Resolves when the watcher has taken it. The subscription ends if it does not answer, or refuses for good
   * (RFC 6665, 4.2.2); after any other refusal nothing is sent until the time that it gives, or 30 s, and then `subscribed` asks for it.
   *
   * @throws InvalidStateError if it is over, PjsipError if the watcher does not take it
   */
  async notify(subscription: SubscriptionId, contentType: string, body: string): Promise<void> {
    await this.#wiring.request(native.notifyWatcher(subscription, contentType, body));
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
    const subscribed = new Map(native.subscriptions(this.#open()).map((each) => [each.subscription, each]));
    for (const subscription of [...this.#subscriptions])
      if (!subscribed.has(subscription)) this.#reportUnsubscribed({ subscription, reason: 'dropped' });
    for (const each of subscribed.values()) this.#reportSubscribed(each);
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
    switch (told.type) {
      case 'bound': {
        const { type: _type, ...bound } = told;
        this.#reportBound(bound);
        break;
      }
      case 'unbound': {
        const { type: _type, ...unbound } = told;
        this.#reportUnbound(unbound);
        break;
      }
      case 'subscribed': {
        const { type: _type, ...subscribed } = told;
        this.#reportSubscribed(subscribed);
        break;
      }
      case 'unsubscribed': {
        const { type: _type, ...unsubscribed } = told;
        this.#reportUnsubscribed(unsubscribed);
        break;
      }
    }
  }

  #reportSubscribed(subscribed: Subscribed): void {
    this.#subscriptions.add(subscribed.subscription);
    this.emit('subscribed', subscribed);
  }

  #reportUnsubscribed(unsubscribed: Unsubscribed): void {
    this.#subscriptions.delete(unsubscribed.subscription);
    this.emit('unsubscribed', unsubscribed);
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
