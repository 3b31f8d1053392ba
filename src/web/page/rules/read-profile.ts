import type { InputOf } from '../api/table.js';
import { shortName } from '../kit/form/short-name.js';
import { wholeNumber } from '../kit/form/whole-number.js';
import type { Profile } from '../people/people-data.js';
import { readInterventions } from './interventions-field.js';
import { days, type Notice, type TimeWindow } from './profile-text.js';

/** From the strictest usual one to none. */
export const encryptedListening = ['protectedLine', 'protectedThroughout', 'anyLine'] as const;

type SentProfile = InputOf<'PUT', '/profiles/{id}'>;

/** What the form says of a profile. What nobody has decided yet stays undecided: the box says so. */
export function readProfile(data: FormData, before: Profile | null): SentProfile {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  const trunk = text('external.trunk');
  const id = text('id');
  return {
    id: before?.id ?? (id === '' ? shortName(text('name')) : id),
    name: text('name'),
    enabled: data.has('enabled'),
    service: text('service'),
    external: trunk === '' ? null : { trunk, number: text('external.number') },
    moderators: text('moderators'),
    members: text('members'),
    interventions: readInterventions(data),
    notice: { member: readNotice(text, 'member'), other: readNotice(text, 'other') },
    stereo: data.has('stereo'),
    encryptedCalls: encryptedListening.find((each) => each === text('encryptedCalls')) ?? 'protectedLine',
    admission: data.has('admission'),
    windows: data.getAll('window').map((window) => readWindow(data, String(window))),
    quota: text('quota') === '' ? null : wholeNumber(text('quota')),
  };
}

function readNotice(text: (name: string) => string, side: 'member' | 'other'): Notice {
  const kind = text(`notice.${side}.kind`) as Notice['kind'];
  return kind === 'toneEvery' ? { kind, seconds: wholeNumber(text(`notice.${side}.seconds`)) } : { kind };
}

const readWindow = (data: FormData, window: string): TimeWindow => ({
  days: days.filter((day) => data.getAll(`${window}.days`).includes(day)),
  from: String(data.get(`${window}.from`) ?? '').trim(),
  to: String(data.get(`${window}.to`) ?? '').trim(),
});
