import type { IncomingMessage, ServerResponse } from 'node:http';

const deadlines = new WeakMap<IncomingMessage, NodeJS.Timeout>();

/** Ends a request that has not come as a whole by then. Node's own limit for that knows no exceptions. */
export function limitArrival(request: IncomingMessage, response: ServerResponse, limitMs: number): void {
  const deadline = setTimeout(() => {
    if (request.complete) return;
    const { socket } = request;
    if (response.headersSent) socket.destroy();
    else response.writeHead(408, { connection: 'close', 'content-length': 0 }).end(() => socket.destroy());
  }, limitMs);
  deadline.unref();
  deadlines.set(request, deadline);
  request.once('close', () => clearTimeout(deadline));
}

/** A file may take as long as its way needs: a connection on which nothing moves is closed all the same. */
export function waitForArrival(request: IncomingMessage): void {
  clearTimeout(deadlines.get(request));
}
