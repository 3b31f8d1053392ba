import { isDeepStrictEqual } from 'node:util';
import type { Message } from '../../locales/codes.js';
import { type LogEntry, logLevels } from '../../primitives/log-entry.js';
import { withoutOneTimeCodes } from '../../primitives/one-time-codes.js';
import type { Log } from '../log.js';
import { type ConnectionTrouble, type LogServer, ServerConnection } from './server-connection.js';
import { framed, type Sender, syslogMessage } from './syslog-message.js';
import { type WaitingLimits, WaitingMessages } from './waiting-messages.js';

export interface RemoteLogLimits extends WaitingLimits {
  /** For the server to answer, and to take what it is sent. */
  readonly patienceMs: number;
  /** From the first failure to the next attempt; then twice as long each time, up to the longest. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** A server that has kept the connection for so long takes the log. */
  readonly settledMs: number;
  /** For the last lines to leave the box when it stops. */
  readonly farewellMs: number;
}

const usualLimits: RemoteLogLimits = {
  messages: 2000,
  bytes: 1024 * 1024,
  patienceMs: 15_000,
  firstPauseMs: 1000,
  longestPauseMs: 60_000,
  settledMs: 2000,
  farewellMs: 1000,
};

/** Sends the log to a server on the network, too. Neither the log nor a call waits for it. */
export class RemoteLog {
  readonly #waiting: WaitingMessages;
  #server: LogServer | null = null;
  #connection: ServerConnection | null = null;
  #sequence = 0;
  #failures = 0;
  #openedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  /** What the log was told last. */
  #told: 'reached' | ConnectionTrouble['kind'] | null = null;

  constructor(
    private readonly log: Log,
    private readonly sender: Sender,
    private readonly limits: RemoteLogLimits = usualLimits,
  ) {
    this.#waiting = new WaitingMessages(limits);
  }

  /** Takes a line of the log, as it stands in the file. */
  readonly take = (line: string): void => {
    if (this.#server === null) return;
    const entry = entryOf(line);
    if (logLevels.indexOf(entry.level) < logLevels.indexOf(this.#server.level)) return;
    this.#sequence += 1;
    this.#waiting.add(framed(syslogMessage(entry, this.#sequence, this.sender)));
    this.#sendOn();
  };

  /** Sends to this server from now on, what waits, too; null: to none. */
  follow(server: LogServer | null): void {
    if (isDeepStrictEqual(server, this.#server)) return;
    void this.close();
    this.#server = server;
    [this.#failures, this.#told] = [0, null];
    if (server) this.#connect(server);
    else this.#waiting.clear();
  }

  /** Sends nothing any more, and waits a moment for what is on its way. */
  async close(): Promise<void> {
    this.#server = null;
    clearTimeout(this.#timer);
    const left = this.#connection?.leave(this.limits.farewellMs);
    this.#connection = null;
    this.#waiting.takeBack();
    await left;
  }

  #connect(server: LogServer): void {
    this.#openedAt = 0;
    this.#connection = new ServerConnection(server, this.limits.patienceMs, {
      opened: () => this.#opened(server),
      drained: () => this.#sendOn(),
      ended: (trouble) => this.#ended(server, trouble),
    });
  }

  #opened(server: LogServer): void {
    this.#openedAt = performance.now();
    this.#timer = setTimeout(() => this.#tell('reached', server), this.limits.settledMs).unref();
    this.#sendOn();
  }

  #ended(server: LogServer, trouble: ConnectionTrouble): void {
    const lastedMs = this.#openedAt === 0 ? 0 : performance.now() - this.#openedAt;
    clearTimeout(this.#timer);
    this.#connection = null;
    this.#waiting.takeBack();
    // Some servers end a connection that has been idle: whether they can be reached is seen at the next attempt.
    if (trouble.kind !== 'ended' || lastedMs < this.limits.settledMs) this.#tell(trouble.kind, server, trouble.reason);
    this.#failures = lastedMs >= this.limits.longestPauseMs ? 0 : this.#failures + 1;
    this.#timer = setTimeout(() => this.#connect(server), this.#pauseMs).unref();
  }

  /** With chance in it, so that many boxes do not come back to one server all at once. */
  get #pauseMs(): number {
    const { firstPauseMs, longestPauseMs } = this.limits;
    const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, this.#failures - 1));
    return longest * (0.5 + Math.random() / 2);
  }

  #sendOn(): void {
    const connection = this.#connection;
    while (connection?.hasRoom) {
      const message = this.#waiting.next();
      if (!message) return;
      connection.send(message, () => this.#sent());
    }
  }

  #sent(): void {
    this.#waiting.sent();
    const lost = this.#waiting.isEmpty ? this.#waiting.takeLost() : 0;
    if (lost > 0) this.log.warn({ code: 'remoteLogLost', lost }, 'lines of the log never reached its server');
  }

  /** Each time that something else is to be told. */
  #tell(what: 'reached' | ConnectionTrouble['kind'], { host, port }: LogServer, reason?: string): void {
    if (this.#told === what) return;
    this.#told = what;
    if (what === 'reached') this.log.info({ code: 'remoteLogReached', host, port }, 'the log goes to its server');
    else
      this.log.warn(
        { code: 'remoteLogUnreachable', host, port, reason, advice: adviceOn(what) },
        'the log does not reach its server; it is tried again',
      );
  }
}

const adviceOn = (kind: ConnectionTrouble['kind']): Message => ({ code: `advice.remoteLog.${kind}` });

function entryOf(line: string): LogEntry {
  const { time, level, msg, ...fields } = JSON.parse(withoutOneTimeCodes(line));
  return { time, level, message: msg ?? '', fields };
}
