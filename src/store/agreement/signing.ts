import { canonicalJson } from '../../agreement/canonical-json.js';
import { type Agreement, type AgreementDocument, type Signer, signers } from '../../agreement/document.js';
import { signedText } from '../../agreement/signed-text.js';
import { sha256, verifySignature } from '../../crypto/ed25519.js';
import type { Signatures } from './agreement-schema.js';

export const textToSign = (document: AgreementDocument): Buffer => Buffer.from(signedText(document));

/** The document with its hash, by which people compare it. */
export const agreementOf = (document: AgreementDocument): Agreement => ({
  document,
  hash: Buffer.from(sha256(Buffer.from(canonicalJson(document)))).toString('hex'),
});

/** Whose signatures under a document are sound, by these keys. */
export function soundSigners(
  document: AgreementDocument,
  signatures: Signatures,
  keys: Readonly<Record<Signer, string>>,
): ReadonlySet<Signer> {
  const text = textToSign(document);
  const isSound = (signer: Signer) => {
    const signature = signatures[signer];
    if (signature === undefined) return false;
    return verifySignature(Buffer.from(keys[signer], 'hex'), text, Buffer.from(signature, 'hex'));
  };
  return new Set(signers.filter(isSound));
}
