/** Why a leg ends; engines translate it to and from their signalling. */
export const releaseCauses = [
  'normal',
  'cancelled',
  'answeredElsewhere',
  'busy',
  'declined',
  'noAnswer',
  'unavailable',
  'notFound',
  'forbidden',
  'incomplete',
  'notAcceptable',
  'congestion',
  /** The far end vanished without hanging up. */
  'peerSilent',
  'failure',
] as const;
export type ReleaseCause = (typeof releaseCauses)[number];

/** From the most to the least telling: what the caller learns when several phones failed in different ways. */
const byWeight: readonly ReleaseCause[] = [
  'declined',
  'busy',
  'noAnswer',
  'notAcceptable',
  'forbidden',
  'incomplete',
  'notFound',
  'congestion',
  'unavailable',
  'failure',
];

/** The one cause to report to the caller when every branch has failed; `unavailable` when there was none. */
export function weightiest(causes: readonly ReleaseCause[]): ReleaseCause {
  return byWeight.find((cause) => causes.includes(cause)) ?? 'unavailable';
}
