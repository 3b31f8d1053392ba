import { z } from 'zod';
import { differences, fields } from '../../agreement/comparison.js';
import { signers } from '../../agreement/document.js';
import { signaturesNeeded } from '../../agreement/succession.js';
import { text, textOf } from '../../locales/text.js';
import { documentSchema, type KeptDocument, signedSchema } from '../../store/agreement/agreement-schema.js';
import type { AgreementState } from '../../store/agreement/agreement-store.js';
import { agreementOf } from '../../store/agreement/signing.js';
import { about } from '../about.js';
import { type Caller, listOf, rowOf } from '../operation.js';
import { dryRun } from '../versions.js';
import type { AgreementDesk } from './agreement-desk.js';

/** What these operations need of the box. */
export interface AgreementBox {
  readonly agreement: AgreementDesk;
}

const row = rowOf<AgreementBox>();

const nothing = z.strictObject({});
const signer = z.enum(signers);
const difference = z.object({
  field: z.enum(fields),
  direction: z.enum(['tightening', 'loosening', 'both']),
  more: z.array(z.string()),
  less: z.array(z.string()),
});

/** A document beside the one in force. */
const compared = z.object({
  hash: z.string(),
  document: documentSchema,
  /** How many signatures it needs to come into force. */
  needed: z.union([z.literal(1), z.literal(2)]),
  differences: z.array(difference),
});

const shown = z.object({
  state: z.enum(['none', 'inForce', 'lost']),
  /** What that means, for people. */
  text: z.string(),
  /** Of the document in force, for people to compare with theirs. */
  hash: z.string().nullable(),
  since: z.iso.datetime().nullable(),
  document: documentSchema.nullable(),
  /** What waits for signatures. */
  proposal: compared.extend({ signedBy: z.array(signer) }).nullable(),
});

const signedBy = ({ signatures }: KeptDocument) => signers.filter((each) => signatures[each] !== undefined);

function comparedView(document: KeptDocument['document'], state: AgreementState) {
  const next = agreementOf(document);
  const present = state.kind === 'inForce' ? state.agreement : null;
  const all = present === null ? [] : differences(present.document, document);
  return {
    hash: next.hash,
    document,
    needed: signaturesNeeded(present, next),
    differences: all.map((each) => ({ ...each, more: [...each.more], less: [...each.less] })),
  };
}

const stateText = (state: AgreementState, { language }: Caller): string => {
  if (state.kind !== 'inForce') return text(language, `agreement.${state.kind}`);
  const { version } = state.agreement.document;
  return textOf(language, { code: 'agreement.inForce', params: { version, hash: state.agreement.hash } });
};

/** What employer and works council have signed about listening. */
export const agreementOperations = [
  row({
    name: 'agreement show',
    about: about('operation.agreement.show'),
    roles: ['council', 'member', 'moderator'],
    http: { method: 'GET', path: '/agreement' },
    input: nothing,
    output: shown,
    async run({ agreement }, _input, caller) {
      const { state, proposal } = agreement;
      const present = state.kind === 'inForce' ? state : null;
      return {
        state: state.kind,
        text: stateText(state, caller),
        hash: present?.agreement.hash ?? null,
        since: present?.kept.done.at ?? null,
        document: present?.kept.document ?? null,
        proposal: proposal && { ...comparedView(proposal.document, state), signedBy: signedBy(proposal) },
      };
    },
  }),
  row({
    name: 'agreement propose',
    about: about('operation.agreement.propose'),
    more: about('operation.agreement.terms'),
    roles: ['council'],
    http: { method: 'POST', path: '/agreement/proposal' },
    input: documentSchema.omit({ format: true, version: true, previous: true }).extend({ dryRun }),
    output: compared,
    async run({ agreement }, { dryRun: isDry, ...terms }, caller) {
      const document = isDry ? agreement.draft(terms) : (await agreement.propose(terms, caller)).document;
      return comparedView(document, agreement.state);
    },
  }),
  row({
    name: 'agreement withdraw',
    about: about('operation.agreement.withdraw'),
    roles: ['council'],
    http: { method: 'DELETE', path: '/agreement/proposal' },
    input: nothing,
    output: z.null(),
    async run({ agreement }, _input, caller) {
      await agreement.withdraw(caller);
      return null;
    },
  }),
  row({
    name: 'agreement sign',
    about: about('operation.agreement.sign'),
    roles: ['council'],
    http: { method: 'POST', path: '/agreement/proposal/signatures' },
    input: z.strictObject({ signer, signature: z.string().regex(/^[0-9a-f]{128}$/) }),
    output: z.object({ isInForce: z.boolean() }),
    run: ({ agreement }, input, caller) => agreement.sign(input.signer, input.signature, caller),
  }),
  row({
    name: 'agreement put',
    about: about('operation.agreement.put'),
    roles: ['council'],
    http: { method: 'PUT', path: '/agreement' },
    input: signedSchema,
    output: z.object({ hash: z.string() }),
    async run({ agreement }, signed, caller) {
      await agreement.put(signed, caller);
      return { hash: agreementOf(signed.document).hash };
    },
  }),
  row({
    name: 'agreement history',
    about: about('operation.agreement.history'),
    roles: ['council', 'member'],
    http: { method: 'GET', path: '/agreement/history' },
    input: nothing,
    output: listOf(
      signedSchema.extend({ hash: z.string(), by: z.string(), at: z.iso.datetime(), signedBy: z.array(signer) }),
    ),
    run: async ({ agreement }) => ({
      entries: (await agreement.history()).map((kept) => {
        const { document, signatures, done } = kept;
        const { hash } = agreementOf(document);
        return { hash, document, signatures, by: done.by, at: done.at, signedBy: signedBy(kept) };
      }),
    }),
  }),
  row({
    name: 'agreement verify',
    about: about('operation.agreement.verify'),
    roles: ['council', 'member'],
    http: { method: 'POST', path: '/agreement/verify' },
    input: nothing,
    output: z.object({
      ok: z.boolean(),
      documents: z.number().nullable(),
      hash: z.string().nullable(),
      text: z.string(),
    }),
    async run({ agreement }, _input, { language }) {
      const found = await agreement.verify();
      if (!found.ok) {
        const { version } = found;
        const words = textOf(language, { code: 'agreement.notSound', params: { version } });
        return { ok: false, documents: null, hash: null, text: words };
      }
      const { documents, hash } = found;
      return { ok: true, documents, hash, text: textOf(language, { code: 'agreement.sound', params: { documents } }) };
    },
  }),
];
