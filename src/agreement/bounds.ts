export interface Bounds {
  readonly from: number;
  readonly to: number;
}

const days: Bounds = { from: 1, to: 365 };
const calls: Bounds = { from: 0, to: 100_000 };

/** What the numbers of an agreement may be, by what they say. */
export const bounds = {
  toneEvery: { from: 5, to: 3600 },
  daysAhead: { from: 0, to: 365 },
  mostDays: days,
  gapDays: days,
  callsPerMember: calls,
  membersPerMonth: calls,
  recordingDays: { from: 1, to: 3650 },
  talkDays: { from: 1, to: 14 },
  keepDays: { from: 1, to: 180 },
  blockDays: days,
} as const satisfies Readonly<Record<string, Bounds>>;
