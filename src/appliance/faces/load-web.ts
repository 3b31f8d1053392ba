import { setImmediate } from 'node:timers/promises';

/** Loads the server for browsers and programs, which is large: piece by piece, so that calls get their turn in between. */
export async function loadWeb(): Promise<typeof import('./web.js')> {
  await import('node:http2');
  await setImmediate();
  // Node loads it when it is first named, and the server names it while it is loaded.
  void globalThis.Response;
  await setImmediate();
  return import('./web.js');
}
