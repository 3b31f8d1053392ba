import { z } from 'zod';
import type { Numbers } from '../store/support/log-for-support.js';
import { type SupportBundle, supportParts } from '../store/support/support-bundle.js';
import { about } from './about.js';
import { bytes, rowOf } from './operation.js';
import { byOf, type RecordingBox } from './recording.js';

/** What these operations need of the box. */
export interface SupportBox extends RecordingBox {
  /** What a helper would get to see at this moment. */
  support(numbers: Numbers): Promise<SupportBundle>;
}

const row = rowOf<SupportBox>();

const numbers = z.enum(['masked', 'shown']).default('masked');
const part = z.enum(supportParts);

/** Exactly as in the file. */
const written = (value: unknown): string => JSON.stringify(value, undefined, 2);

async function* pieces(bundle: SupportBundle): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${written(bundle)}\n`);
}

/** The support bundle: one file of plain JSON, which the sender can read beforehand. */
export const supportOperations = [
  row({
    name: 'support show',
    about: about('operation.support.show'),
    roles: ['admin'],
    http: { method: 'GET', path: '/support' },
    input: z.strictObject({ numbers, part: part.optional() }),
    output: z.object({
      parts: z.array(z.object({ part, bytes: z.int() })),
      /** For the part that was asked for. */
      content: z.unknown().optional(),
    }),
    async run(box, input) {
      const bundle = await box.support(input.numbers);
      return {
        parts: supportParts.map((each) => ({ part: each, bytes: Buffer.byteLength(written(bundle[each])) })),
        ...(input.part === undefined ? {} : { content: bundle[input.part] }),
      };
    },
  }),
  row({
    name: 'support bundle',
    about: about('operation.support.bundle'),
    roles: ['admin'],
    http: { method: 'GET', path: '/support/bundle' },
    input: z.strictObject({ numbers }),
    output: bytes('application/json'),
    async run(box, input, caller) {
      const bundle = await box.support(input.numbers);
      box.record({ type: 'supportBundleMade', numbersShown: input.numbers === 'shown', ...byOf(caller) });
      return pieces(bundle);
    },
  }),
];
