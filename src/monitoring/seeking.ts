import type { ExtensionNumber } from '../primitives/ids.js';
import { agreementRefusal, goesByDraw, sessionsPurposeRefusal } from './agreed.js';
import { drawRefusal } from './draw.js';
import type { Target } from './permission.js';
import { groupTargets, memberRefusal, targetIn, targetRefusal } from './permission.js';
import type { RefusalReason } from './records.js';
import type { Draft, SessionContext, Wanted } from './session.js';

/** The call that a moderator gets to hear, or why there is none. */
export type Found =
  | { readonly kind: 'target'; readonly target: Target }
  /** The box is to draw one. */
  | { readonly kind: 'draw' }
  | { readonly kind: 'none'; readonly reason: RefusalReason; readonly member: ExtensionNumber | null };

export const none = (reason: RefusalReason, member: ExtensionNumber | null): Found => ({
  kind: 'none',
  reason,
  member,
});

/** The newest call of those wanted that is permitted; otherwise why the newest one is not. */
export function seek(context: SessionContext, draft: Draft, moderator: ExtensionNumber, wanted: Wanted): Found {
  const { policy } = context;
  const { profile } = draft.session;
  const { member } = wanted;
  if (goesByDraw(context, draft.session)) return seekByDraw(context, draft, moderator, wanted);
  const barred =
    member === null
      ? undefined
      : (agreementRefusal(context, moderator, [member]) ??
        sessionsPurposeRefusal(context, draft.session) ??
        memberRefusal(policy, profile, member));
  if (barred) return none(barred, member);
  const calls = context.calls.all.filter(({ id }) => wanted.call === null || wanted.call === id).toReversed();
  const targets =
    member === null ? groupTargets(policy, profile, calls) : calls.flatMap((call) => targetIn(call, member) ?? []);
  const refusals = targets.map((target) => targetRefusal(context, draft, draft.session, moderator, target));
  const target = targets[refusals.indexOf(undefined)];
  if (target) return { kind: 'target', target };
  const reason = refusals[0] ?? (member === null ? 'noLiveCall' : 'memberHasNoCall');
  return none(reason, member ?? targets[0]?.member ?? null);
}

/** Whoever names a member or a call is told nothing of them: they cannot be chosen. */
function seekByDraw(context: SessionContext, draft: Draft, moderator: ExtensionNumber, wanted: Wanted): Found {
  if (wanted.member !== null || wanted.call !== null) return none('drawOnly', wanted.member);
  const refusal = drawRefusal(context, draft, moderator);
  return refusal === undefined ? { kind: 'draw' } : none(refusal, null);
}
