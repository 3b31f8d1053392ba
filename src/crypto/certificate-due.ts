import type { X509Certificate } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { certified, type ReachedBy, renewedBeforeMs } from './certificate.js';

/**
 * Whether a certificate that the box issued for itself has to be made anew. Each new one makes browsers ask again, so that addresses
 * which come and go by themselves (IPv6 privacy extensions) are no reason as long as one of them is covered.
 * @param now Null while the box does not know the time.
 */
export function isRenewalDue(certificate: X509Certificate, reachedBy: ReachedBy, now: number | null): boolean {
  const { names, addresses } = certified(reachedBy);
  const isCovered = (address: string): boolean => certificate.checkIP(address) !== undefined;
  const version4 = addresses.filter((address) => isIPv4(address));
  const version6 = addresses.filter((address) => !isIPv4(address));
  return (
    !isDeepStrictEqual(namesIn(certificate), new Set(names)) ||
    !version4.every(isCovered) ||
    (version6.length > 0 && !version6.some(isCovered)) ||
    (now !== null && isOutOfTime(certificate, now))
  );
}

/** A name that the box has no more does not stay in it. */
function namesIn({ subjectAltName = '' }: X509Certificate): ReadonlySet<string> {
  const names = subjectAltName.split(', ').filter((name) => name.startsWith('DNS:'));
  return new Set(names.map((name) => name.slice('DNS:'.length)));
}

function isOutOfTime({ validFrom, validTo }: X509Certificate, now: number): boolean {
  return now < Date.parse(validFrom) || now > Date.parse(validTo) - renewedBeforeMs;
}
