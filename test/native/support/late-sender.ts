import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A request as text, and when it is sent. */
export interface LateRequest {
  readonly text: string;
  readonly afterMs: number;
}

/** Each request has a socket of its own, so that its answer is known by the way it came. */
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { createSocket } = require('node:dgram');
  const exchange = ({ text, afterMs }) => new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.on('message', (data) => {
      const answer = data.toString('latin1').slice(0, 11);
      if (answer.startsWith('SIP/2.0 1')) return;
      socket.close();
      resolve(answer);
    });
    setTimeout(() => socket.send(text, workerData, '127.0.0.1'), afterMs);
  });
  parentPort.on('message', async (requests) => parentPort.postMessage(await Promise.all(requests.map(exchange))));
  parentPort.postMessage('ready');
`;

/** Sends requests from a thread of its own, while the one that takes the events is held up. */
export class LateSender {
  readonly #worker: Worker;

  constructor(serverPort: number) {
    this.#worker = new Worker(program, { eval: true, workerData: serverPort });
  }

  async ready(): Promise<void> {
    await once(this.#worker, 'message');
  }

  /** The beginnings of the final answers, in the order of the requests. */
  async send(requests: readonly LateRequest[]): Promise<readonly string[]> {
    this.#worker.postMessage(requests);
    const [answers] = await once(this.#worker, 'message');
    return answers;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
