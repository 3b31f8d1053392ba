import type { ExtensionNumber, LegId } from '../../primitives/ids.js';
import { earliest, type Instant } from '../../primitives/time.js';
import { releasing } from '../calls.js';
import type { ReleaseCause } from '../release-cause.js';
import type { Branch, RingingCall, SwitchboardState } from '../state.js';
import type { CallHandling } from './call-handling.js';
import { handlingOf } from './call-handling.js';
import type { SentOn } from './forwarding.js';
import { sentOn } from './forwarding.js';

/** A person's phones ring no longer than this before the caller is sent on, in milliseconds. */
const noAnswerMs = 20_000;

type When = keyof Pick<CallHandling, 'busy' | 'noAnswer'>;

/** An extension called by its own number, at whose phones it has come to this. */
interface Handled {
  readonly extension: ExtensionNumber;
  readonly when: When;
}

/**
 * What becomes of a call one of whose phones has ended without an answer: sent on by the person who was called, if they want that. Busy and
 * declined count as busy, everything else as no answer. Undefined where it goes on as any other.
 */
export function phoneFailed(
  state: SwitchboardState,
  call: RingingCall,
  failed: Branch,
  cause: ReleaseCause,
  now: Instant,
): SentOn | undefined {
  if (failed.to.kind !== 'contact' || !failed.isPersonal) return undefined;
  const { extension } = failed.to;
  const others = phonesOf(call, extension).filter(({ leg }) => leg !== failed.leg);
  // A phone that declines does so for its whole user (RFC 3261, 21.6).
  if (others.length > 0 && cause !== 'declined') return undefined;
  const isBusy = cause === 'busy' || cause === 'declined' || failed.isBusyElsewhere;
  return handled(state, call, { extension, when: isBusy ? 'busy' : 'noAnswer' }, failed.leg, now);
}

/** The other phones of the extension remember that this one was busy. */
export function busyElsewhere(call: RingingCall, failed: Branch | undefined, cause: ReleaseCause): RingingCall {
  if (cause !== 'busy' || failed?.to.kind !== 'contact') return call;
  const busy = phonesOf(call, failed.to.extension);
  return {
    ...call,
    branches: call.branches.map((branch) => (busy.includes(branch) ? { ...branch, isBusyElsewhere: true } : branch)),
  };
}

/** Sends on the callers of those who have not answered in time. `isOver`: nobody waits any longer for any phone. */
export function unansweredHandled(
  state: SwitchboardState,
  call: RingingCall,
  isOver: boolean,
  now: Instant,
): SentOn | undefined {
  const due = call.branches.flatMap((branch): readonly Handled[] => {
    if (branch.to.kind !== 'contact' || !branch.isPersonal) return [];
    const { extension } = branch.to;
    if (isOver) return [{ extension, when: branch.isBusyElsewhere ? 'busy' : 'noAnswer' }];
    return branch.since + noAnswerMs <= now ? [{ extension, when: 'noAnswer' }] : [];
  });
  const first = due.find((each) => wantedTarget(state, call, each) !== null);
  return first && handled(state, call, first, null, now);
}

/** When the first caller is sent on because nobody answers. */
export function sentOnAt(state: SwitchboardState, call: RingingCall): Instant | undefined {
  return earliest(
    call.branches.map(({ to, since, isPersonal }) =>
      to.kind === 'contact' &&
      isPersonal &&
      wantedTarget(state, call, { extension: to.extension, when: 'noAnswer' }) !== null
        ? since + noAnswerMs
        : null,
    ),
  );
}

/** Where the person called wants the caller to go then. One who has come back to them rings first even if they forward always. */
function wantedTarget({ handlings }: SwitchboardState, { transfer }: RingingCall, { extension, when }: Handled) {
  const handling = handlingOf(handlings, extension);
  const isBack = transfer?.way === 'back' && transfer.by === extension;
  return handling[when] ?? (isBack ? handling.always : null);
}

/** The caller is sent on. Where that cannot be the phones ring on, and it is not tried again. */
function handled(
  state: SwitchboardState,
  call: RingingCall,
  who: Handled,
  ended: LegId | null,
  now: Instant,
): SentOn | undefined {
  const { extension: by } = who;
  const to = wantedTarget(state, call, who);
  if (to === null) return undefined;
  const phones = phonesOf(call, by);
  const legs = phones.map(({ leg }) => leg);
  const hops = Math.max(...phones.map((phone) => phone.hops));
  const sent = sentOn(state, call, { by, name: by, hops, legs }, to, now);
  if (!sent.call) {
    const branches = call.branches.map((branch) =>
      phones.includes(branch) ? { ...branch, isPersonal: false } : branch,
    );
    return { state, call: { ...call, branches }, notes: sent.notes };
  }
  const silenced = legs.filter((leg) => leg !== ended);
  return { ...sent, state: releasing(sent.state, silenced, 'noAnswer') };
}

const phonesOf = ({ branches }: RingingCall, extension: ExtensionNumber): readonly Branch[] =>
  branches.filter(({ to, isPersonal }) => isPersonal && to.kind === 'contact' && to.extension === extension);
