import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly body: ReturnType<typeof JSON.parse>;
}

type Behaviour = (response: ServerResponse, request: IncomingMessage) => void;

const accepting: Behaviour = (response) => response.writeHead(204).end();

/** A program that wants to be told, and behaves as a test says. */
export class WebhookReceiver {
  readonly received: Received[] = [];
  behaviour: Behaviour = accepting;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response));
  }

  static async open(port = 0): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    receiver.#server.listen(port, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): URL {
    return new URL(`http://127.0.0.1:${this.port}/hook`);
  }

  accept(): void {
    this.behaviour = accepting;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    const text = Buffer.concat(chunks).toString();
    this.received.push({ headers: request.headers, text, body: JSON.parse(text) });
    this.behaviour(response, request);
  }
}
