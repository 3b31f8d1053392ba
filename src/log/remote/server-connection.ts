import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { atNameservers, lookupBy } from '../../nameservers/lookup.js';
import type { Settings } from '../../store/settings/settings-schema.js';

export type LogServer = NonNullable<Settings['remoteLog']>;

/** Why there is no connection, or no more. */
export interface ConnectionTrouble {
  /** `certificate`: the server has none that is trusted for its name; `stalled`: it takes nothing; `ended`: it was there before. */
  readonly kind: 'unreachable' | 'certificate' | 'stalled' | 'ended';
  readonly reason: string;
}

interface ConnectionEvents {
  /** The server has proved who it is. */
  opened(): void;
  /** There is room for more. */
  drained(): void;
  /** The last of them. */
  ended(trouble: ConnectionTrouble): void;
}

/** One connection to the server of the remote log, encrypted from its first byte. */
export class ServerConnection {
  readonly #socket: TLSSocket;
  #isOpen = false;
  #isLeft = false;
  #isStalled = false;
  #failure: string | null = null;

  /** @param patienceMs How long the server may take to prove who it is, and later to take what it is sent. */
  constructor({ host, port, authorities }: LogServer, patienceMs: number, events: ConnectionEvents) {
    const socket = connect({
      ...{ host, port, lookup: lookupBy(atNameservers(patienceMs)), autoSelectFamily: true },
      // A server is told names only (RFC 6066, 3); an address is checked all the same.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(authorities === null ? {} : { ca: authorities }),
      rejectUnauthorized: true,
    });
    this.#socket = socket;
    const deadline = setTimeout(() => this.#fail('no answer in time'), patienceMs);
    socket.once('secureConnect', () => {
      clearTimeout(deadline);
      this.#isOpen = true;
      socket.setKeepAlive(true, patienceMs);
      socket.setTimeout(patienceMs);
      if (!this.#isLeft) events.opened();
    });
    socket.on('timeout', () => {
      this.#isStalled = socket.writableLength > 0;
      if (this.#isStalled) this.#fail('takes nothing');
    });
    socket.on('drain', () => {
      if (!this.#isLeft) events.drained();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#failure = error.code ?? error.message;
    });
    socket.once('close', () => {
      clearTimeout(deadline);
      if (!this.#isLeft) events.ended(this.#trouble);
    });
    // It has nothing to say, but its end is noticed only where it is read.
    socket.resume();
  }

  get hasRoom(): boolean {
    return this.#isOpen && !this.#socket.writableNeedDrain;
  }

  /** @param onSent Called when it has left the box; never where the connection ends, or is left, before. */
  send(message: Buffer, onSent: () => void): void {
    this.#socket.write(message, (error) => {
      if (!error && !this.#isLeft) onSent();
    });
  }

  /** Ends it without a further event, once what was sent has left the box, or after a moment. */
  async leave(patienceMs: number): Promise<void> {
    this.#isLeft = true;
    const closed = new Promise((resolve) => this.#socket.once('close', resolve));
    if (!this.#isOpen) this.#socket.destroy();
    this.#socket.end();
    const timer = setTimeout(() => this.#socket.destroy(), patienceMs);
    if (!this.#socket.closed) await closed;
    clearTimeout(timer);
  }

  get #trouble(): ConnectionTrouble {
    const reason = this.#failure ?? 'closed by the server';
    if (this.#socket.authorizationError) return { kind: 'certificate', reason };
    if (!this.#isOpen) return { kind: 'unreachable', reason };
    return { kind: this.#isStalled ? 'stalled' : 'ended', reason };
  }

  #fail(reason: string): void {
    this.#failure = reason;
    this.#socket.destroy();
  }
}
