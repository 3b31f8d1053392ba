import { type BusyLamp, type ListeningTo, listeningTo } from '../primitives/busy-lamp.js';
import type { TalkingCalls } from '../switchboard/talking-calls.js';
import { askerIn } from './admission.js';
import { extensionOf } from './permission.js';
import type { Session } from './session.js';
import type { MonitoringState } from './state.js';
import { audible, isToldOf } from './watching.js';

type Shown = readonly [ListeningTo, BusyLamp];

/**
 * What our extensions may see of the listening to their own calls: that somebody is listening, and before all that somebody waits to be let
 * in. A party that gets no notice learns nothing here either.
 */
export function listeningLamps({ sessions }: MonitoringState, calls: TalkingCalls): ReadonlyMap<ListeningTo, BusyLamp> {
  const all = [...sessions.values()];
  return new Map([...all.flatMap((session) => heard(session, calls)), ...all.flatMap(asked)]);
}

function heard(session: Session, calls: TalkingCalls): readonly Shown[] {
  const found = audible(session, calls);
  if (!found) return [];
  const { watch, target } = found;
  const ends = [
    ['member', target.memberParty],
    ['other', target.other],
  ] as const;
  return ends.flatMap(([role, party]): readonly Shown[] => {
    const extension = isToldOf(watch, role) ? extensionOf(party) : undefined;
    return extension === undefined ? [] : [[listeningTo(extension), 'talking']];
  });
}

const asked = (session: Session): readonly Shown[] =>
  (askerIn(session)?.asking.undecided ?? []).map(({ extension }): Shown => [listeningTo(extension), 'ringing']);
