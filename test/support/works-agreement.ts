import { canonicalJson } from '../../src/agreement/canonical-json.js';
import type { AgreementDocument } from '../../src/agreement/document.js';
import { makeKeyPair, signWith } from '../../src/crypto/ed25519.js';
import { extensionNumber } from '../../src/primitives/ids.js';

const pairs = { employer: makeKeyPair(), council: makeKeyPair() };
type Signer = keyof typeof pairs;

/** What a program of their own would make of the document, with the key that only the signer has. */
export const signatureOf = (document: unknown, signer: Signer): string =>
  Buffer.from(
    signWith(pairs[signer].privateKey)(Buffer.from(`modcall-agreement-1\n${canonicalJson(document)}`)),
  ).toString('hex');

export const signaturesOf = (document: unknown, ...by: readonly Signer[]) =>
  Object.fromEntries(by.map((signer) => [signer, signatureOf(document, signer)]));

/** 100 may listen to 101 and 102 for two purposes; little else is laid down. */
export const terms: Omit<AgreementDocument, 'format' | 'version' | 'previous'> = {
  signers: {
    employer: pairs.employer.publicKey.toString('hex'),
    council: pairs.council.publicKey.toString('hex'),
  },
  purposes: [
    { digit: '1', id: 'training', name: 'Training' },
    { digit: '2', id: 'complaint', name: 'After a complaint' },
  ],
  listening: [{ moderators: [extensionNumber('100')], members: ['101', '102'].map(extensionNumber) }],
  notice: { member: { start: 'none', toneEvery: null }, other: { start: 'none', toneEvery: null } },
  modes: ['whisper', 'barge'],
  periods: null,
  quota: { callsPerMember: null, membersPerMonth: null },
  admission: false,
  privateCalls: false,
  recordingDays: null,
};
