import type { English, Message } from '../locales/codes.js';

type Advice = `advice.panel.${keyof English['advice']['panel']}`;

/** Error codes of the kernel that a person can do something about, with the advice. */
export type Remedies = Readonly<Record<string, Advice>>;

/** A part of the panel cannot be used, and what to do about it. */
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
    const advice: Message = { code: remedies[code] ?? 'advice.panel.other' };
    throw new PartError(`${what} cannot be used (${message})`, advice, { cause: error });
  }
}
