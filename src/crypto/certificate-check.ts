import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

/** Why a certificate and its key cannot be used; positions count from 1. */
export type CertificateFault =
  | { readonly fault: 'unreadable' | 'keyUnreadable' | 'weakKey' | 'keyMismatch' | 'isAuthority' }
  | { readonly fault: 'chainOrder'; readonly position: number }
  | { readonly fault: 'expired'; readonly position: number; readonly until: string }
  | { readonly fault: 'notYetValid'; readonly position: number; readonly from: string }
  | { readonly fault: 'tooLong'; readonly most: number };

const mostInChain = 8;
/** Characters; a chain of long ones has some 20,000. */
export const largestPem = 64 * 1024;
const block = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
const curves: ReadonlySet<string | undefined> = new Set(['prime256v1', 'secp384r1', 'secp521r1']);

/** The certificates in a PEM text, in its order; null if there are none, or one is unreadable. */
export function readChain(pem: string): readonly X509Certificate[] | null {
  if (pem.length > largestPem) return null;
  const blocks = pem.match(block) ?? [];
  if (blocks.length === 0 || blocks.length !== pem.split('-----BEGIN').length - 1) return null;
  try {
    return blocks.map((text) => new X509Certificate(text));
  } catch {
    return null;
  }
}

/** A private key in PEM form without a passphrase; null if it is not one. */
export function readPrivateKey(pem: string): KeyObject | null {
  if (pem.length > largestPem) return null;
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}

/**
 * What is wrong with a certificate, those that issued it, and its key; null when nothing is.
 * @param now Null while the box does not know the time: dates are not looked at then.
 */
export function certificateFault(chainPem: string, keyPem: string, now: number | null): CertificateFault | null {
  const chain = readChain(chainPem);
  const [leaf] = chain ?? [];
  if (!chain || !leaf) return { fault: 'unreadable' };
  if (chain.length > mostInChain) return { fault: 'tooLong', most: mostInChain };
  return keyFault(leaf, readPrivateKey(keyPem)) ?? orderFault(chain) ?? (now === null ? null : timeFault(chain, now));
}

function keyFault(leaf: X509Certificate, key: KeyObject | null): CertificateFault | null {
  if (key === null) return { fault: 'keyUnreadable' };
  if (!leaf.checkPrivateKey(key)) return { fault: leaf.ca ? 'isAuthority' : 'keyMismatch' };
  return isStrong(key) ? null : { fault: 'weakKey' };
}

function isStrong({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
  return asymmetricKeyType === 'ec' && curves.has(asymmetricKeyDetails?.namedCurve);
}

/** Each has issued the one before it, and has signed it. */
function orderFault(chain: readonly X509Certificate[]): CertificateFault | null {
  const wrong = chain.findIndex((issuer, index) => {
    const issued = chain[index - 1];
    return issued !== undefined && !(issued.checkIssued(issuer) && issued.verify(issuer.publicKey));
  });
  return wrong === -1 ? null : { fault: 'chainOrder', position: wrong + 1 };
}

function timeFault(chain: readonly X509Certificate[], now: number): CertificateFault | null {
  for (const [index, { validFrom, validTo }] of chain.entries()) {
    const [from, until] = [new Date(validFrom), new Date(validTo)];
    const position = index + 1;
    if (now >= until.getTime()) return { fault: 'expired', position, until: until.toISOString() };
    if (now < from.getTime()) return { fault: 'notYetValid', position, from: from.toISOString() };
  }
  return null;
}
