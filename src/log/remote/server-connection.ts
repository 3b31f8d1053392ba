import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { atNameservers, lookupBy } from '../../nameservers/lookup.js';
import type { Settings } from '../../store/settings/settings-schema.js';

export type LogServer = NonNullable<Settings['remoteLog']>;

/** Why there is no connection, or no more. */
export interface ConnectionTrouble {
  /**
   * `certificate`: the server has none that is trusted for its name; `stalled`: it takes nothing; `talking`: it sends what no log server does;
   * `ended`: it was there before.
   */
  readonly kind: 'unreachable' | 'certificate' | 'stalled' | 'talking' | 'ended';
  readonly reason: string;
}

/** In bytes. A server of a log has nothing to say, and reading it must not keep the box from its calls. */
const mostHeard = 64 * 1024;

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
  #fault: 'stalled' | 'talking' | null = null;
  #failure: string | null = null;
  #heard = 0;
  /** Messages that the server has still to take, and how long it may take for the next of them. */
  #underWay = 0;
  #patience: NodeJS.Timeout | undefined;

  /** @param patienceMs How long the server may take to prove who it is, and later to take what it is sent. */
  constructor(
    { host, port, authorities }: LogServer,
    private readonly patienceMs: number,
    events: ConnectionEvents,
  ) {
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
      if (!this.#isLeft) events.opened();
    });
    socket.on('drain', () => {
      if (!this.#isLeft) events.drained();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.#failure = error.code ?? error.message;
    });
    socket.once('close', () => {
      clearTimeout(deadline);
      clearTimeout(this.#patience);
      if (!this.#isLeft) events.ended(this.#trouble);
    });
    // Its end is noticed only where it is read.
    socket.on('data', ({ length }) => {
      this.#heard += length;
      if (this.#heard > mostHeard) this.#faulty('talking', 'talks without end');
    });
  }

  get hasRoom(): boolean {
    return this.#isOpen && !this.#socket.writableNeedDrain;
  }

  /** @param onSent Called when it has left the box; never where the connection ends, or is left, before. */
  send(message: Buffer, onSent: () => void): void {
    this.#underWay += 1;
    this.#patience ??= setTimeout(() => this.#faulty('stalled', 'takes nothing'), this.patienceMs);
    this.#socket.write(message, (error) => {
      if (error) return;
      this.#taken();
      if (!this.#isLeft) onSent();
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
    return { kind: this.#fault ?? 'ended', reason };
  }

  #taken(): void {
    this.#underWay -= 1;
    if (this.#underWay > 0) this.#patience?.refresh();
    else {
      clearTimeout(this.#patience);
      this.#patience = undefined;
    }
  }

  #faulty(fault: 'stalled' | 'talking', reason: string): void {
    this.#fault = fault;
    this.#fail(reason);
  }

  #fail(reason: string): void {
    this.#failure = reason;
    this.#socket.destroy();
  }
}
