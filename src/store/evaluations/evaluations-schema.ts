import { z } from 'zod';
import type { Block } from '../../agreement/blocks.js';
import { answers as allAnswers } from '../../agreement/evaluation.js';
import type { Concerned, Sheet } from '../../agreement/sheets.js';
import { sheetItem } from '../agreement/agreement-schema.js';
import type { EvaluationFact } from './evaluation-fact.js';

const extension = z.string().regex(/^\d{2,8}$/) as unknown as z.ZodType<Block['member'], string>;
const moment = z.number().min(0);
const concerned = z.strictObject({ extension, user: z.string().max(256) }) satisfies z.ZodType<Concerned>;
const answers = z.array(z.enum(allAnswers));
const text = z.string();

const sheet = z.strictObject({
  id: z.int().min(1),
  session: z.int().min(1),
  call: z.int().min(1),
  ended: moment,
  purpose: z.string().nullable(),
  moderator: concerned,
  member: concerned,
  items: z.array(sheetItem),
  answers,
  made: moment,
  talkUntil: moment,
  keptUntil: moment,
  blockDays: z.int().min(1),
  comment: text,
  objection: text,
  talk: z.strictObject({ isNoted: z.boolean(), word: z.enum(['confirmed', 'denied']).nullable() }),
  second: z.strictObject({ by: concerned, answers: answers.nullable() }).nullable(),
}) satisfies z.ZodType<Sheet>;

const block = z.strictObject({
  moderator: extension,
  member: extension,
  users: z.strictObject({ moderator: text, member: text }).nullable(),
  until: moment,
}) satisfies z.ZodType<Block>;

/** Written by this box alone, sealed and so unchanged; what they hold is checked where it is made. */
const fact = z.record(z.string(), z.unknown()) as unknown as z.ZodType<EvaluationFact>;

/** All that the box keeps about sheets, as one file. */
export const evaluationsSchema = z.strictObject({
  version: z.literal(1),
  clock: z.strictObject({ at: moment, wall: moment }),
  nextSheet: z.int().min(1),
  nextStep: z.int().min(1),
  sheets: z.array(sheet),
  blocks: z.array(block),
  /** What the record may not have been told yet: kept together with what it tells of. */
  untold: z.array(fact),
});

/** The same, to be replaced as a whole. */
export interface Evaluations {
  readonly clock: { readonly at: number; readonly wall: number };
  readonly nextSheet: number;
  readonly nextStep: number;
  readonly sheets: readonly Sheet[];
  readonly blocks: readonly Block[];
  readonly untold: readonly EvaluationFact[];
}
