import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { Connections } from '../guard/connections.js';
import { type Limits, usualLimits } from '../guard/limits.js';
import type { ConsoleApp } from './console-app.js';

/** Commands beyond the limit who learn why they get no answer. */
const toldThatItIsBusy = 20;

/**
 * Serves the console. What it serves is loaded when somebody comes for the first time: on most days nobody does, and the memory is for the
 * calls.
 */
export class ConsoleServer {
  readonly server: Server;
  readonly #connections: Connections;
  #app: Promise<ConsoleApp> | undefined;

  constructor(
    private readonly load: () => Promise<ConsoleApp>,
    private readonly log: Pick<Logger, 'error'>,
    limits: Limits = usualLimits,
  ) {
    this.#connections = new Connections(limits, toldThatItIsBusy);
    this.server = createServer(
      {
        maxHeaderSize: limits.headerBytes,
        headersTimeout: limits.headersMs,
        requestTimeout: limits.requestMs,
        keepAliveTimeout: limits.keepAliveMs,
        connectionsCheckingInterval: Math.min(1000, limits.headersMs),
      },
      (request, response) => void this.#serve(request, response),
    );
    this.server.timeout = limits.stalledMs;
    this.#connections.watch(this.server);
  }

  /** Takes no new commands, which wait for the next box; those that wait for an answer get it, and are cut off if they take too long. */
  async stop(patienceMs = 2000): Promise<void> {
    this.#endStreams();
    this.server.close();
    await this.#connections.answered(patienceMs);
    this.#connections.closeAll();
  }

  close(): void {
    this.#endStreams();
    this.server.close();
    this.#connections.closeAll();
  }

  #endStreams(): void {
    void this.#app?.then((app) => app.close()).catch(() => {});
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#connections.begin(request, response)) return;
    this.#app ??= this.load();
    try {
      const { listener } = await this.#app;
      listener(request, response);
    } catch (error) {
      this.#app = undefined;
      this.log.error({ error }, 'the console cannot be served');
      response.writeHead(500, { connection: 'close' }).end();
    }
  }
}
