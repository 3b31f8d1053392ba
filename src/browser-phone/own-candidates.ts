import { isIP } from 'node:net';

/**
 * A browser without permission for the microphone hides its addresses behind names that only its own network can look up, and not all
 * do. Where it sends from is known, so that takes their place.
 */
export function withAddress(sdp: string, address: string): string {
  if (isIP(address) === 0) return sdp;
  return sdp.replaceAll(/^(a=candidate:\S+ \d+ \S+ \d+ )\S+\.local( )/gim, `$1${address}$2`);
}
