import type { English, Message } from '../locales/codes.js';
import type { PartTrouble } from './part.js';

type Advice = `advice.part.${keyof English['advice']['part']}`;

/** Error codes of the kernel that a person can do something about, with the advice. */
export type Remedies = Readonly<Record<string, Advice>>;

/** A part of the board cannot be used, and what to do about it. */
export class PartError extends Error {
  constructor(
    reason: string,
    readonly advice: Message,
    options: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** Does something with a part; a kernel error comes with advice. */
export function withRemedy<T>(what: string, remedies: Remedies, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const message = error instanceof Error ? error.message : String(error);
    const advice: Message = { code: remedies[code] ?? 'advice.part.other' };
    throw new PartError(`${what} cannot be used (${message})`, advice, { cause: error });
  }
}

/** What an error of any kind says about a part. */
export const troubleOf = (error: unknown): PartTrouble => ({
  reason: error instanceof Error ? error.message : String(error),
  advice: error instanceof PartError ? error.advice : null,
});
