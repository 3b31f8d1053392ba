import type { Group, Profile } from '../people/people-data.js';
import { language, say } from '../texts.js';

export type Notice = Profile['notice']['member'];
export type TimeWindow = Profile['windows'][number];
export type Day = TimeWindow['days'][number];

export const days: readonly Day[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const interventions: readonly Profile['interventions'][number][] = ['whisper', 'barge', 'takeOver'];

/** Several things in a row, in words. */
const listed = (texts: readonly string[]): string => new Intl.ListFormat(language.value).format(texts);

const windowText = ({ days: on, from, to }: TimeWindow): string =>
  say('rules.window', {
    days: days
      .filter((day) => on.includes(day))
      .map((day) => say(`rules.day.${day}`))
      .join(' '),
    from,
    to,
  });

/** What a notice means for whoever gets it, without saying who that is. */
export const noticeText = (notice: Notice): string =>
  notice.kind === 'toneEvery'
    ? say('rules.noticeMeans.toneEvery', { seconds: String(notice.seconds) })
    : say(`rules.noticeMeans.${notice.kind}`);

/** What a profile means for its members, sentence by sentence. */
export function profileSentences(profile: Profile, groups: readonly Group[]): readonly string[] {
  const { moderators, members, service, external, notice, admission, windows, quota } = profile;
  const named = (group: string) =>
    groups.find(({ id }) => id === group)?.name ?? say('rules.unknownGroup', { id: group });
  const modes = profile.interventions.map((mode) => say(`setting.value.interventions.${mode}`));
  return [
    say('rules.sentence', { moderators: named(moderators), members: named(members), service }),
    ...(external ? [say('rules.outside', external)] : []),
    modes.length === 0 ? say('rules.listenOnly') : say('rules.mayAlso', { modes: listed(modes) }),
    say('rules.theMember', { notice: noticeText(notice.member) }),
    say('rules.theOther', { notice: noticeText(notice.other) }),
    ...(admission ? [say('rules.admitted')] : []),
    windows.length === 0
      ? say('rules.always')
      : say('rules.onlyAt', { windows: listed(windows.map((window) => windowText(window))) }),
    quota === null ? say('rules.noQuota') : say('rules.quotaIs', { quota }),
  ];
}
