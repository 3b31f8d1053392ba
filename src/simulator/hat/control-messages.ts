import { z } from 'zod';

const digit = z.string().regex(/^[0-9*#A-D]$/);
const milliseconds = z.number().int().min(1).max(60_000);
const part = z.number().min(0).max(1);

const firmwareFaults = z.strictObject({
  profile: z.string().max(20),
  isForeign: z.boolean(),
  alwaysEchoes: z.boolean(),
  isDeaf: z.boolean(),
  lateMs: z.number().min(0).max(60_000),
  overrun: z.number().int().min(0).max(100),
});

const wireFaults = z.strictObject({
  splits: z.boolean(),
  mergeMs: z.number().min(0).max(10_000),
  lost: part,
  corrupted: part,
  noise: z.number().min(0).max(100_000),
});

/** What can be done to the simulated HAT and to whatever is connected to it, one JSON object per line. */
export const hatCommand = z.discriminatedUnion('do', [
  // The telephone on an FXS line.
  z.strictObject({ do: z.literal('lift') }),
  z.strictObject({ do: z.literal('hangUp') }),
  z.strictObject({ do: z.literal('press'), digit, ms: milliseconds.default(100) }),
  z.strictObject({ do: z.literal('hold'), digit }),
  z.strictObject({ do: z.literal('release') }),
  z.strictObject({ do: z.literal('pulse'), digit: z.string().regex(/^[0-9]$/) }),
  z.strictObject({ do: z.literal('flash'), ms: milliseconds.default(200) }),
  // The exchange on an FXO line.
  z.strictObject({
    do: z.literal('ring'),
    cadence: z.array(milliseconds).min(2).max(8).default([1000, 4000]),
    caller: z.strictObject({ number: z.string().max(20), name: z.string().max(60) }).optional(),
  }),
  z.strictObject({ do: z.literal('stopRinging') }),
  z.strictObject({ do: z.literal('breakLoop'), ms: milliseconds.default(500) }),
  z.strictObject({ do: z.literal('playBusy') }),
  // Both: whoever speaks there makes a tone; no frequencies for silence.
  z.strictObject({
    do: z.literal('speak'),
    frequencies: z.array(z.number().min(50).max(3900)).max(4),
    dbfs: z.number().min(-60).max(0).default(-16),
  }),
  // The HAT itself.
  z.strictObject({ do: z.literal('feed'), isFed: z.boolean() }),
  // Its line side resets, and the firmware does not notice.
  z.strictObject({ do: z.literal('glitch') }),
  z.strictObject({ do: z.literal('restart'), reason: z.enum(['power', 'watchdog', 'update', 'command']) }),
  z.strictObject({ do: z.literal('die') }),
  z.strictObject({
    do: z.literal('faults'),
    firmware: firmwareFaults.partial().default({}),
    wire: wireFaults.partial().default({}),
  }),
]);

export type HatCommand = z.infer<typeof hatCommand>;

/** What the simulated HAT tells those on its control socket, one JSON object a line. */
export type HatReport =
  /** A command is carried out, or cannot be. Answers come in the order of the commands. */
  | { readonly event: 'done' }
  | { readonly event: 'refused'; readonly reason: string }
  /** Once at the beginning, then at each change. */
  | { readonly event: 'bell'; readonly isOn: boolean /** Also in the silences between. */; readonly isRinging: boolean }
  | { readonly event: 'line'; readonly isSeized: boolean }
  | { readonly event: 'caller'; readonly number: string; readonly name: string }
  /** All that was dialled since the line was seized. */
  | { readonly event: 'dialled'; readonly digits: string };
