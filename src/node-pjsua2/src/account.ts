import { EventEmitter } from 'node:events';
import type { Encryption } from './encryption.js';
import { InvalidStateError, PjsipError } from './errors.js';
import type { Wiring } from './events.js';
import { type Handle, native, type RawEvent } from './native.js';
import type { Transport } from './transport.js';

export interface AccountOptions {
  /** Address of record, such as `sip:100@example.net`. */
  readonly uri: string;
  /** Shown to the parties that are called. */
  readonly displayName?: string;
  /** URI of the registrar, such as `sip:example.net:5060;transport=tcp`; null for an account that does not register. */
  readonly registrar: string | null;
  /** Whom the password belongs to; may be another than the user of `uri`. */
  readonly username: string;
  readonly password: string;
  /** URI of an outbound proxy, such as `sip:proxy.example.net;transport=tcp`: all requests of the account are sent there. */
  readonly proxy?: string;
  /** Realm that the password is for; default any. */
  readonly realm?: string;
  /** Requested lifetime of the registration, in seconds. Default 300. */
  readonly expires?: number;
  /** First pause before a failed registration is retried, in seconds; later pauses are longer. Default 15. */
  readonly retryInterval?: number;
  /** Transport to register and call over; the default depends on the registrar's URI. */
  readonly transport?: Transport;
  /** Of calls that come in by this account. Default `off`. */
  readonly encryption?: Encryption;
  /**
   * An account that this one replaces: the new one registers when the old one is closed and unregistered, after two seconds at the latest.
   * Otherwise a registrar that knows only one contact would take the old account's unregistration for the new one's.
   */
  readonly replaces?: Account;
}

/** How long to wait for a closed account to unregister if its registrar does not answer. */
const farewellMs = 2000;

/** What a registrar answered, or why there was no answer. */
export interface RegistrationState {
  /** SIP status; also 503 or 408 if nobody answered, 0 if nothing was sent. */
  readonly status: number;
  readonly reason: string;
  /** Whether the registrar itself answered; otherwise it could not be reached or its name could not be resolved. */
  readonly answered: boolean;
  /** Seconds until the registration expires unless refreshed; 0 if not registered. */
  readonly expires: number;
}

interface AccountEvents {
  /** Also emitted after each refresh. */
  registered: [RegistrationState];
  /** Registration is retried, after growing pauses. */
  failed: [RegistrationState];
  /** Emitted once, after close(). */
  unregistered: [RegistrationState];
}

type RawAccountEvent = RawEvent & { readonly type: keyof AccountEvents } & RegistrationState;

/** A registration of ours at another registrar; calls can be made and received over it. */
export class Account extends EventEmitter<AccountEvents> {
  /** Resolves with the first registration (at once for an account that does not register); rejects if the first attempt fails. */
  readonly registered: Promise<void>;
  readonly #handle: Handle;
  readonly #registers: boolean;
  readonly #wiring: Wiring;
  readonly #onGone: (handle: Handle) => void;
  #closed = false;
  #gone = false;
  #settle: { resolve(): void; reject(error: Error): void } | undefined;

  /** @internal Use Endpoint.addAccount(). */
  constructor(wiring: Wiring, options: AccountOptions, onGone: (handle: Handle) => void) {
    super();
    this.#wiring = wiring;
    this.#onGone = onGone;
    this.#registers = options.registrar !== null;
    this.#handle = native.addAccount({
      uri: options.uri,
      displayName: options.displayName,
      registrar: options.registrar ?? undefined,
      username: options.username,
      password: options.password,
      proxy: options.proxy,
      realm: options.realm ?? '*',
      expires: options.expires ?? 300,
      retryInterval: options.retryInterval ?? 15,
      transport: options.transport?.handle(),
      encryption: options.encryption ?? 'off',
    });
    wiring.subscribe<RawAccountEvent>(this.#handle, (event) => this.#deliver(event));
    this.registered = this.#registers
      ? new Promise((resolve, reject) => {
          this.#settle = { resolve, reject };
        })
      : Promise.resolve();
    if (options.replaces?.isLeaving) this.#registerAfter(options.replaces);
    else native.registerAccount(this.#handle);
    // Code that only listens to the events need not handle the promise as well.
    this.registered.catch(() => undefined);
  }

  /** @internal Whether it is closed but not unregistered yet. */
  get isLeaving(): boolean {
    return this.#closed && !this.#gone;
  }

  /** Ends the registration; 'unregistered' follows when that is done. Calls in progress continue. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    native.closeAccount(this.#handle);
    if (!this.#registers) this.#forget(); // nothing follows
    this.#refuse(new InvalidStateError('the account was closed before it was registered'));
  }

  /** @internal */
  handle(): Handle {
    if (this.#closed) throw new InvalidStateError('the account is closed');
    return this.#handle;
  }

  /** @internal The endpoint closes. */
  abandon(): void {
    this.#closed = true;
    this.#refuse(new InvalidStateError('the endpoint was closed before the account was registered'));
  }

  #deliver({ type, status, reason, answered, expires }: RawAccountEvent): void {
    if (type === 'registered') this.#settle?.resolve();
    if (type === 'failed')
      this.#refuse(new PjsipError(`registration failed: ${status} ${reason}`, 'SIP', status, 'REGISTER'));
    if (type === 'unregistered') this.#forget();
    this.emit(type, { status, reason, answered, expires });
  }

  #registerAfter(predecessor: Account): void {
    const begin = () => {
      clearTimeout(patience);
      predecessor.off('unregistered', begin);
      if (!this.#closed) native.registerAccount(this.#handle);
    };
    const patience = setTimeout(begin, farewellMs);
    patience.unref();
    predecessor.on('unregistered', begin);
  }

  #forget(): void {
    this.#gone = true;
    this.#wiring.unsubscribe(this.#handle);
    this.#onGone(this.#handle);
  }

  #refuse(error: Error): void {
    this.#settle?.reject(error);
    this.#settle = undefined;
  }
}
