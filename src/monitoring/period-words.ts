import { isInPeriod } from '../agreement/decision.js';
import type { ExtensionNumber, LegId, PlaybackId } from '../primitives/ids.js';
import { playbackId } from '../primitives/ids.js';
import type { Playback, Utterance } from '../switchboard/audio.js';
import { isEmergencyCall } from '../switchboard/emergency-call.js';
import { isPrivateCall } from '../switchboard/private-calls.js';
import { canHear, parties } from '../switchboard/state.js';
import { partyOn, type TalkingCalls } from '../switchboard/talking-calls.js';
import { extensionOf } from './permission.js';
import type { LocalTime, MonitoringPolicy } from './profile.js';
import { prompt } from './speech.js';

/** Minutes from the beginning of 1970 to the local midnight before. */
type Day = number;

/** Who is told, in the first call of a day, that an announced period of theirs runs. */
export interface PeriodWords {
  readonly told: ReadonlyMap<ExtensionNumber, Day>;
  /** Where somebody talks who has still to be told today. */
  readonly due: ReadonlyMap<LegId, ExtensionNumber>;
}

export const noPeriodWords: PeriodWords = { told: new Map(), due: new Map() };

/** Finds out whom of those who talk now to tell. Nobody remembers over a restart, so that they are told once too often rather than never. */
export function periodWordsReviewed(
  { told }: PeriodWords,
  { agreement, country }: MonitoringPolicy,
  { calls, local }: { readonly calls: TalkingCalls; readonly local: LocalTime },
): PeriodWords {
  const day = dayOf(local);
  if (agreement === null || agreement.periods.length === 0 || day === null) return { told, due: noPeriodWords.due };
  const isToTell = (member: ExtensionNumber) => told.get(member) !== day && isInPeriod(agreement, member, local.time);
  const due = calls.all.flatMap((call) => {
    const members = parties(call).flatMap((party): readonly (readonly [LegId, ExtensionNumber])[] => {
      const extension = extensionOf(party);
      return extension !== undefined && isToTell(extension) ? [[party.leg, extension]] : [];
    });
    // Nobody can listen to these.
    return members.length === 0 || isEmergencyCall(country, call) || isPrivateCall(call) ? [] : members;
  });
  return { told, due: new Map(due) };
}

const dayOf = ({ time, minute }: LocalTime): Day | null => (time === null ? null : Math.floor(time / 60_000) - minute);

const words: readonly Utterance[] = [{ kind: 'tone', name: 'notice' }, prompt('period-runs')];

/** Tells members in their calls, and them alone. */
export function periodPlaybacks(
  { due }: PeriodWords,
  policy: MonitoringPolicy,
  calls: TalkingCalls,
): readonly Playback[] {
  return [...due].flatMap(([leg, member]): readonly Playback[] => {
    const party = partyOn(calls, leg);
    if (!party || !canHear(party)) return [];
    const { language } = policy.persons.get(member) ?? policy;
    return [{ id: idOf(leg), leg, language, items: words, loop: false }];
  });
}

/** A member has been told in full; other playbacks change nothing. */
export function periodTold(words: PeriodWords, playback: PlaybackId, local: LocalTime): PeriodWords {
  const [, member] = [...words.due].find(([leg]) => idOf(leg) === playback) ?? [];
  const day = dayOf(local);
  return member === undefined || day === null ? words : { ...words, told: new Map(words.told).set(member, day) };
}

const idOf = (leg: LegId): PlaybackId => playbackId(`period-${leg}`);
