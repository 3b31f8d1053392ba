import type { Message, PlacedFault, Problem } from '../locales/codes.js';

/**
 * What kind of error it is, for programs: the input is not valid, what it names does not exist, it does not agree with what
 * there is, it is made against what was there before, the caller may not, has tried too often, or the box cannot do it at present.
 */
export type ErrorKind = 'invalid' | 'missing' | 'conflict' | 'outdated' | 'forbidden' | 'tooMany' | 'unavailable';

export interface AdminErrorOptions extends ErrorOptions {
  readonly kind?: ErrorKind;
  /** The field of the input that all of it is about. */
  readonly field?: string;
  /** Every mistake in a file. */
  readonly faults?: readonly PlacedFault[];
  /** Whatever else went wrong at the same time. */
  readonly further?: readonly AdminError[];
}

/** An error that the admin can do something about, as code and parameters; `locales` has the words for it. */
export class AdminError extends Error implements Problem {
  readonly kind: ErrorKind;
  readonly field: string | null;
  readonly faults: readonly PlacedFault[];
  readonly further: readonly AdminError[];

  constructor(
    readonly problem: Message,
    { kind = 'invalid', field, faults = [], further = [], ...options }: AdminErrorOptions = {},
  ) {
    super(JSON.stringify(problem), options);
    this.name = new.target.name;
    this.kind = kind;
    this.field = field ?? null;
    this.faults = faults;
    this.further = further;
  }
}
