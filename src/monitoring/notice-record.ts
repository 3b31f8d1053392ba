import type { TalkingCalls } from '../switchboard/talking-calls.js';
import { describeNotices, strictest } from './notice.js';
import type { Notices } from './party-notices.js';
import { notifiedRoles } from './party-notices.js';
import type { Draft } from './session.js';
import { noted, staged } from './session.js';
import { audible, watchedBy } from './watching.js';

/** Records who has now heard a notice: once for each party and call, and only where there is one. */
export function notifiedRecorded(draft: Draft, notices: Notices, calls: TalkingCalls): Draft {
  const { stage } = draft.session;
  const listens = audible(draft.session, calls);
  if (!listens || stage.kind !== 'monitoring') return draft;
  const { watch, target } = listens;
  const newlyNotified = notifiedRoles(notices, watch, target).filter(
    (role) => strictest(watch.notice[role]) !== null && !watch.told.includes(role),
  );
  if (newlyNotified.length === 0) return draft;
  const monitor = { ...stage.monitor, target: { ...watch, told: [...watch.told, ...newlyNotified] } };
  return newlyNotified.reduce(
    (before, party) =>
      noted(before, {
        type: 'told',
        party,
        notice: describeNotices(watch.notice[party]),
        moderator: stage.moderator,
        ...watchedBy(target),
      }),
    staged(draft, { ...stage, monitor }, draft.session.inputUntil),
  );
}
