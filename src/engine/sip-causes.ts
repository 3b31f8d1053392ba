import type { ReleaseCause } from '../switchboard/release-cause.js';

interface SipCause {
  /** Final response to an INVITE that is refused for this cause (RFC 3261, section 21). */
  readonly status: number;
  /** Reason header for CANCEL and BYE (RFC 3326; Q.850 causes). */
  readonly reason: string;
}

const sipCauses: Record<ReleaseCause, SipCause> = {
  normal: { status: 480, reason: 'Q.850;cause=16;text="Normal call clearing"' },
  cancelled: { status: 487, reason: 'Q.850;cause=16;text="Normal call clearing"' },
  answeredElsewhere: { status: 487, reason: 'SIP;cause=200;text="Call completed elsewhere"' },
  busy: { status: 486, reason: 'Q.850;cause=17;text="User busy"' },
  declined: { status: 603, reason: 'Q.850;cause=21;text="Call rejected"' },
  noAnswer: { status: 480, reason: 'Q.850;cause=19;text="No answer"' },
  unavailable: { status: 480, reason: 'Q.850;cause=20;text="Subscriber absent"' },
  notFound: { status: 404, reason: 'Q.850;cause=1;text="Unallocated number"' },
  forbidden: { status: 403, reason: 'Q.850;cause=21;text="Call rejected"' },
  incomplete: { status: 484, reason: 'Q.850;cause=28;text="Number incomplete"' },
  notAcceptable: { status: 488, reason: 'Q.850;cause=88;text="Incompatible destination"' },
  congestion: { status: 503, reason: 'Q.850;cause=34;text="No circuit available"' },
  peerSilent: { status: 480, reason: 'Q.850;cause=102;text="Recovery on timer expiry"' },
  failure: { status: 500, reason: 'Q.850;cause=41;text="Temporary failure"' },
};

/** How SIP expresses this cause. */
export const sipCause = (cause: ReleaseCause): SipCause => sipCauses[cause];

const redirects = [300, 301, 302, 305, 380];

const causesByStatus: ReadonlyMap<number, ReleaseCause> = new Map([
  // The new address is not reached through this leg.
  ...redirects.map((status) => [status, 'unavailable'] as const),
  [401, 'forbidden'],
  [403, 'forbidden'],
  [404, 'notFound'],
  [407, 'forbidden'],
  // The INVITE got no response at all, so the other side is not there.
  [408, 'failure'],
  [410, 'notFound'],
  [415, 'notAcceptable'],
  [480, 'unavailable'],
  // The call went in a circle, and would do so again over another trunk.
  [483, 'unavailable'],
  [484, 'incomplete'],
  [486, 'busy'],
  [487, 'cancelled'],
  [488, 'notAcceptable'],
  [503, 'congestion'],
  [600, 'busy'],
  [603, 'declined'],
  [604, 'notFound'],
  [606, 'notAcceptable'],
]);

/** What the final status of a leg means; 2xx is an ordinary end. */
export function causeOfStatus(status: number): ReleaseCause {
  return status >= 200 && status < 300 ? 'normal' : (causesByStatus.get(status) ?? 'failure');
}
