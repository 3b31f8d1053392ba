import { InvalidStateError } from './errors.js';
import { type Handle, native } from './native.js';

export type Protocol = 'udp' | 'tcp' | 'tls';

export interface TransportOptions {
  /** For `tls` the endpoint needs an identity first. */
  readonly protocol: Protocol;
  /** Address to bind; '0.0.0.0' for all. */
  readonly address: string;
  /** 0 for any free port. */
  readonly port: number;
  /**
   * Host to name in our messages, for phones that reach us at an address other than ours. If it is a name, the address for media has to be
   * set too.
   */
  readonly publicAddress?: string;
}

/** A SIP transport that listens. */
export class Transport {
  readonly protocol: Protocol;
  /** Host named in our messages. */
  readonly address: string;
  /** The actual port, even if any free one was requested. */
  readonly port: number;
  readonly #handle: Handle;
  #closed = false;

  /** @internal Use Endpoint.addTransport(). */
  constructor(options: TransportOptions) {
    const { handle, address, port } = native.addTransport({ publicAddress: undefined, ...options });
    this.protocol = options.protocol;
    this.#handle = handle;
    this.address = address;
    this.port = port;
  }

  /** Sets the address at which phones send media to calls that start from now on. @throws TypeError for an invalid address */
  setMediaAddress(address: string): void {
    native.setMediaAddress(this.handle(), address);
  }

  /**
   * Stops taking new calls. Calls in progress continue: over TCP and TLS on their connections, over UDP on the socket, which is freed when the last
   * call is over and its messages can no longer be retransmitted (32 s).
   */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    native.closeTransport(this.#handle);
  }

  /** @internal */
  handle(): Handle {
    if (this.#closed) throw new InvalidStateError('the transport is closed');
    return this.#handle;
  }
}
