import { z } from 'zod';

/** What the load generator says, one JSON object a line. Times are milliseconds on its own clock. */
const streamReport = z.object({
  stream: z.int(),
  /** Packets sent in the window, and how many of them more than 5 and 20 ms late. */
  sent: z.int(),
  sentLate5: z.int(),
  sentLate20: z.int(),
  received: z.int(),
  /** Gaps in the sequence numbers. */
  lost: z.int(),
  /** More than 40 ms later than the best of the last 100. */
  late: z.int(),
  /** Pauses of more than 60 ms between two packets. */
  gaps: z.int(),
  longestGapMs: z.number(),
  meanLatenessMs: z.number(),
  /** dBFS in the newest packet, for each frequency asked about. */
  levels: z.array(z.number()),
});

const report = z.object({
  event: z.literal('report'),
  /** Length of the window. */
  seconds: z.number(),
  latestSendMs: z.number(),
  streams: z.array(streamReport),
});

export const generatorEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('opened'), stream: z.int(), port: z.int() }),
  /** A packet with a click went out; `sample` is the click's place in it. */
  z.object({ event: z.literal('clicked'), stream: z.int(), at: z.number(), sample: z.int() }),
  /** A packet with a click came in. */
  z.object({ event: z.literal('click'), stream: z.int(), at: z.number(), sample: z.int() }),
  /** The awaited tone came in for the first time. */
  z.object({ event: z.literal('tone'), stream: z.int(), at: z.number() }),
  z.object({ event: z.literal('pressed'), stream: z.int(), digit: z.string(), began: z.number(), ended: z.number() }),
  report,
]);

export type GeneratorEvent = z.infer<typeof generatorEvent>;
export type GeneratorReport = z.infer<typeof report>;
export type StreamReport = z.infer<typeof streamReport>;
export type EventOf<Kind extends GeneratorEvent['event']> = Extract<GeneratorEvent, { event: Kind }>;
