import type { X509Certificate } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { type ReachedBy, renewedBeforeMs } from './certificate.js';

/**
 * Whether a certificate that the box issued for itself has to be made anew. Each new one makes browsers ask again, so that addresses
 * which come and go by themselves (IPv6 privacy extensions) are no reason as long as one of them is covered.
 * @param now Null while the box does not know the time.
 */
export function isRenewalDue(
  certificate: X509Certificate,
  { names, addresses }: ReachedBy,
  now: number | null,
): boolean {
  const isCovered = (address: string): boolean => certificate.checkIP(address) !== undefined;
  const version4 = addresses.filter((address) => isIPv4(address));
  const version6 = addresses.filter((address) => !isIPv4(address));
  return (
    !names.every((name) => certificate.checkHost(name) !== undefined) ||
    !version4.every(isCovered) ||
    (version6.length > 0 && !version6.some(isCovered)) ||
    (now !== null && isOutOfTime(certificate, now))
  );
}

function isOutOfTime({ validFrom, validTo }: X509Certificate, now: number): boolean {
  return now < Date.parse(validFrom) || now > Date.parse(validTo) - renewedBeforeMs;
}
