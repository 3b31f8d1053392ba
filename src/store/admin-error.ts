import type { Message, PlacedFault, Problem } from '../locales/codes.js';

export interface AdminErrorOptions extends ErrorOptions {
  /** Every mistake in a file. */
  readonly faults?: readonly PlacedFault[];
  /** What else went wrong at the same time. */
  readonly further?: readonly AdminError[];
}

/** An error that the admin can do something about, as code and parameters; `locales` has the words for it. */
export class AdminError extends Error implements Problem {
  readonly faults: readonly PlacedFault[];
  readonly further: readonly AdminError[];

  constructor(
    readonly problem: Message,
    { faults = [], further = [], ...options }: AdminErrorOptions = {},
  ) {
    super(JSON.stringify(problem), options);
    this.name = new.target.name;
    this.faults = faults;
    this.further = further;
  }
}
