import { InvalidStateError } from './errors.js';
import { type Handle, native } from './native.js';

export type Protocol = 'udp' | 'tcp';

export interface TransportOptions {
  readonly protocol: Protocol;
  /** To bind; '0.0.0.0' for all. */
  readonly address: string;
  /** 0 for any free one. */
  readonly port: number;
  /** Host to name in our messages, for phones that reach us by another address than ours. Of a name the address for media is to be told. */
  readonly publicAddress?: string;
}

/** A SIP transport that listens. */
export class Transport {
  readonly protocol: Protocol;
  /** Host named in our messages. */
  readonly address: string;
  /** The real port, also where any free one was asked for. */
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

  /** The address at which phones send media to calls that begin from now on. @throws TypeError for what is no address */
  setMediaAddress(address: string): void {
    native.setMediaAddress(this.handle(), address);
  }

  /**
   * Takes no more calls. Those that run go on: over TCP by their connections, over UDP by the socket, which is freed when the last is
   * over, and its messages are too old to be repeated (32 s).
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
