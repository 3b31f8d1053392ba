import type { IncomingHttpHeaders } from 'node:http';
import type { Credential } from './credential.js';

/** Sent by the page with every change. No other site can send it without asking first (CORS preflight), and the box never agrees. */
export const pageHeader = 'x-modcall';

const harmless: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether the request may act for whoever is signed in: it changes nothing, carries a token, which no browser adds by itself, comes over
 * the socket, which no browser opens, or comes from the box's own page. A request without a session counts too, so that nobody is signed in to somebody else's account unawares.
 */
export function mayAct(
  method: string,
  headers: IncomingHttpHeaders,
  credential: Credential,
  isSecure: boolean,
): boolean {
  if (harmless.has(method) || credential.kind === 'token' || credential.kind === 'console') return true;
  const { host = '', origin, 'sec-fetch-site': site } = headers;
  const isForeign =
    (origin !== undefined && origin.toLowerCase() !== `${isSecure ? 'https' : 'http'}://${host.toLowerCase()}`) ||
    (site !== undefined && site !== 'same-origin');
  return !isForeign && headers[pageHeader] !== undefined;
}
