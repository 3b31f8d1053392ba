import type { AgreementDocument, Signer } from '../../../../src/agreement/document.js';
import { makeKeyPair, signWith } from '../../../../src/crypto/ed25519.js';
import type { KeptDocument, SignedDocument } from '../../../../src/store/agreement/agreement-schema.js';
import { agreementOf, textToSign } from '../../../../src/store/agreement/signing.js';
import { agreed } from '../../agreement/documents.js';

const pairs = { employer: makeKeyPair(), council: makeKeyPair() };

export const keys = {
  employer: pairs.employer.publicKey.toString('hex'),
  council: pairs.council.publicKey.toString('hex'),
};

export const signatureOf = (document: AgreementDocument, signer: Signer): string =>
  Buffer.from(signWith(pairs[signer].privateKey)(textToSign(document))).toString('hex');

export const signed = (document: AgreementDocument, ...by: readonly Signer[]): SignedDocument => ({
  document: structuredClone(document) as SignedDocument['document'],
  signatures: Object.fromEntries(by.map((signer) => [signer, signatureOf(document, signer)])),
});

export const kept = (document: AgreementDocument, ...by: readonly Signer[]): KeptDocument => ({
  ...signed(document, ...by),
  done: { by: 'ada', byKind: 'user', at: '2026-03-04T12:00:00.000Z' },
});

export const first: AgreementDocument = { ...agreed, signers: keys };

/** What replaces a document, with something changed. */
export const replacing = (before: AgreementDocument, change: Partial<AgreementDocument>): AgreementDocument => ({
  ...before,
  version: before.version + 1,
  previous: agreementOf(before).hash,
  ...change,
});
