import { z } from 'zod';
import { type Bounds, bounds } from '../../agreement/bounds.js';
import {
  type AgreementDocument,
  agreedModes,
  type Listening,
  noticeStarts,
  sides,
  signers,
} from '../../agreement/document.js';
import { itemKinds } from '../../agreement/evaluation.js';
import type { Period } from '../../agreement/periods.js';
import type { ExtensionNumber } from '../../primitives/ids.js';

const isWithoutDoubles = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

const extension = z.string().regex(/^\d{2,8}$/) as unknown as z.ZodType<ExtensionNumber, string>;
export const extensions = z.array(extension).min(1).max(500).refine(isWithoutDoubles);
/** Those of all lines together: each moderator of a line may listen to each of its members. */
const mostPairs = 20_000;
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const publicKey = z.string().regex(/^[0-9a-f]{64}$/);
const signature = z.string().regex(/^[0-9a-f]{128}$/);
const within = ({ from, to }: Bounds) => z.int().min(from).max(to);
const person = z.string().max(64);

const forEach = <const Name extends string, Schema extends z.ZodType>(names: readonly Name[], schema: Schema) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>);

const purpose = z.strictObject({
  digit: z.string().regex(/^[1-9]$/),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  name: z.string().regex(/^(?!\s)[^\p{C}]{1,100}(?<!\s)$/u),
  byDraw: z.literal(true).optional(),
});

export const sheetItem = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  text: z.string().regex(/^(?!\s)[^\p{C}]{1,200}(?<!\s)$/u),
  kind: z.enum(itemKinds),
});

const evaluation = z
  .strictObject({
    items: z
      .array(sheetItem)
      .min(1)
      .max(20)
      .refine((all) => isWithoutDoubles(all.map(({ id }) => id))),
    talkDays: within(bounds.talkDays),
    keepDays: within(bounds.keepDays),
    blockDays: within(bounds.blockDays),
    second: z.array(extension).max(50).refine(isWithoutDoubles),
  })
  .refine(({ talkDays, keepDays }) => talkDays <= keepDays, { path: ['keepDays'] });

/** The document that is signed. What is not in it cannot be agreed on: a key that this version does not know would have no effect. */
export const documentSchema = z.strictObject({
  format: z.literal('modcall-agreement-1'),
  version: z.int().min(1).max(1_000_000),
  previous: hash.nullable(),
  signers: forEach(signers, publicKey).refine(({ employer, council }) => employer !== council),
  purposes: z
    .array(purpose)
    .max(9)
    .refine((all) => isWithoutDoubles(all.map(({ digit }) => digit)) && isWithoutDoubles(all.map(({ id }) => id))),
  listening: z
    .array(z.strictObject({ moderators: extensions, members: extensions }))
    .max(50)
    .refine((all) => pairsIn(all) <= mostPairs),
  notice: forEach(
    sides,
    z.strictObject({ start: z.enum(noticeStarts), toneEvery: within(bounds.toneEvery).nullable() }),
  ),
  modes: z.array(z.enum(agreedModes)).max(agreedModes.length).refine(isWithoutDoubles),
  periods: z
    .strictObject({
      daysAhead: within(bounds.daysAhead),
      mostDays: within(bounds.mostDays),
      gapDays: within(bounds.gapDays),
    })
    .nullable(),
  quota: z.strictObject({
    callsPerMember: within(bounds.callsPerMember).nullable(),
    membersPerMonth: within(bounds.membersPerMonth).nullable(),
  }),
  admission: z.boolean(),
  privateCalls: z.boolean(),
  recordingDays: within(bounds.recordingDays).nullable(),
  /** Left out where there are no sheets, so that documents from before have the same hash. */
  evaluation: evaluation.optional(),
}) satisfies z.ZodType<AgreementDocument>;

const pairsIn = (all: readonly Listening[]): number =>
  all.reduce((sum, { moderators, members }) => sum + moderators.length * members.length, 0);

/** A document with the signatures under it, as a file that people pass on. */
export const signedSchema = z.strictObject({
  document: documentSchema,
  signatures: z.strictObject({ employer: signature.optional(), council: signature.optional() }),
});
export type SignedDocument = z.output<typeof signedSchema>;
export type Signatures = SignedDocument['signatures'];

/** Who did it at the box, and when. */
const done = z.strictObject({ by: person, byKind: z.enum(['user', 'token', 'console']), at: z.iso.datetime() });
export type Done = z.output<typeof done>;

/** A document that is or was in force, with how it came. */
export const keptSchema = signedSchema.extend({ done });
export type KeptDocument = z.output<typeof keptSchema>;

export const mostPeriods = 500;

const period = z.strictObject({
  id: z.int().min(1),
  members: extensions,
  from: z.int().min(0),
  to: z.int().min(0),
  announced: z.int().min(0),
}) satisfies z.ZodType<Period>;

/** What goes on besides the documents themselves; signed by the box, so that what somebody writes by hand is no announcement. */
export const headSchema = z.strictObject({
  /** Rises with each change. */
  serial: z.int().min(1),
  /** The document in force; version 0 and no hash where none is yet. */
  version: z.int().min(0),
  hash: hash.nullable(),
  /** A document that waits for signatures. */
  proposal: keptSchema.nullable(),
  periods: z.array(period).max(mostPeriods),
  nextPeriod: z.int().min(1),
});
export type Head = z.output<typeof headSchema>;
export const signedHeadSchema = headSchema.extend({ signature: z.string() });
