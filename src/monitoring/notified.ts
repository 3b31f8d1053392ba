import type { TalkingCalls } from '../switchboard/talking-calls.js';
import { describeNotice } from './notice.js';
import type { Notices } from './notices.js';
import { notifiedRoles } from './notices.js';
import type { Draft } from './session.js';
import { noted, staged } from './session.js';
import { audible, watchedBy } from './watching.js';

/** Records who has now heard a notice: once for each party and call, and only where there is one. */
export function notifiedRecorded(draft: Draft, notices: Notices, calls: TalkingCalls): Draft {
  const { stage, profile } = draft.session;
  const target = audible(draft.session, calls)?.target;
  if (!target || stage.kind !== 'monitoring' || stage.monitor.target.kind !== 'call') return draft;
  const watch = stage.monitor.target;
  const newlyNotified = notifiedRoles(notices, profile, target).filter(
    (role) => profile.notice[role].kind !== 'none' && !watch.told.includes(role),
  );
  if (newlyNotified.length === 0) return draft;
  const monitor = { ...stage.monitor, target: { ...watch, told: [...watch.told, ...newlyNotified] } };
  return newlyNotified.reduce(
    (before, party) =>
      noted(before, {
        type: 'told',
        party,
        notice: describeNotice(profile.notice[party]),
        moderator: stage.moderator,
        ...watchedBy(target),
      }),
    staged(draft, { ...stage, monitor }, draft.session.inputUntil),
  );
}
