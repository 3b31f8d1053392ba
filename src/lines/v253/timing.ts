/** How long the driver waits, in milliseconds. */
export interface Timing {
  /** For the final answer to a command (PROTOCOL.md, 7). */
  readonly answer: number;
  /** Without a sign of life, before the state is asked for. */
  readonly keepAlive: number;
  /** After the last sign of ringing, before the caller counts as gone: longer than the pause between two rings. */
  readonly ringGap: number;
  /** Before the first retry to reach the HAT; doubles with each further one ... */
  readonly firstRetry: number;
  /** ... up to this. */
  readonly longestRetry: number;
}

export const usualTiming: Timing = {
  answer: 1_000,
  keepAlive: 5_000,
  ringGap: 6_500,
  firstRetry: 250,
  longestRetry: 10_000,
};
