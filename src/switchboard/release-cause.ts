/** Why a leg ends, in the words of the trade; engines translate it to and from their signalling. */
export type ReleaseCause =
  | 'normal'
  | 'cancelled'
  | 'answeredElsewhere'
  | 'busy'
  | 'declined'
  | 'noAnswer'
  | 'unavailable'
  | 'notFound'
  | 'forbidden'
  | 'incomplete'
  | 'notAcceptable'
  | 'congestion'
  /** Nobody was there any more, and nobody has hung up. */
  | 'peerSilent'
  | 'failure';

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
