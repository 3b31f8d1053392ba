import type { InputOf } from '../api/table.js';
import { wholeNumber } from '../kit/form/whole-number.js';
import { readEvaluation } from './read-evaluation.js';

export type Terms = Omit<InputOf<'POST', '/agreement/proposal'>, 'dryRun'>;

type Floor = Terms['notice']['member'];

export const starts: readonly Floor['start'][] = ['none', 'tone', 'announcement'];
export const modes: readonly Terms['modes'][number][] = ['whisper', 'barge', 'takeOver'];

/** What the form says is to be agreed on. The box says what is wrong with it. */
export function readTerms(data: FormData): Terms {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const limit = (name: string) => (text(name) === '' ? null : numberIn(text(name)));
  const numbers = (name: string) => data.getAll(name).map(String);
  const floor = (side: 'member' | 'other'): Floor => ({
    start: text(`notice.${side}.start`) as Floor['start'],
    toneEvery: limit(`notice.${side}.toneEvery`),
  });
  return {
    signers: { employer: text('signers.employer').toLowerCase(), council: text('signers.council').toLowerCase() },
    purposes: numbers('purpose').map((at) => {
      const name = text(`${at}.name`);
      const digit = text(`${at}.digit`);
      const drawn = data.has(`${at}.byDraw`) ? { byDraw: true as const } : {};
      return { digit, id: text(`${at}.id`) || `purpose-${digit}`, name, ...drawn };
    }),
    listening: numbers('line').map((at) => ({
      moderators: numbers(`${at}.moderators`),
      members: numbers(`${at}.members`),
    })),
    notice: { member: floor('member'), other: floor('other') },
    modes: modes.filter((mode) => data.has(`may.${mode}`)),
    periods: data.has('hasPeriods')
      ? {
          daysAhead: numberIn(text('periods.daysAhead')),
          mostDays: wholeNumber(text('periods.mostDays')),
          gapDays: wholeNumber(text('periods.gapDays')),
        }
      : null,
    quota: { callsPerMember: limit('quota.callsPerMember'), membersPerMonth: limit('quota.membersPerMonth') },
    admission: data.has('admission'),
    privateCalls: data.has('privateCalls'),
    recordingDays: text('recordingDays') === '' ? null : wholeNumber(text('recordingDays')),
    ...readEvaluation(data),
  };
}

/** Where 0 is a number like any other: what is none becomes one that the box rejects. */
const numberIn = (text: string): number => (/^\d+$/.test(text) ? Number(text) : -1);
