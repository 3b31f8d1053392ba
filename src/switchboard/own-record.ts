import type { LegId } from '../primitives/ids.js';
import type { PromptName } from '../primitives/prompts.js';
import type { Instant } from '../primitives/time.js';
import { awaitedAloud, toldAloud } from './announcement.js';
import type { Utterance } from './audio.js';
import { releasing } from './calls.js';
import type { Party, SwitchboardOutcome, SwitchboardState } from './state.js';

/** One time that somebody listened, by the calendar and the clock of the place. */
export interface ListenedTo {
  readonly day: number;
  readonly month: number;
  readonly hour: number;
  readonly minute: number;
  /** The one in which most of those in the call heard the moderator. */
  readonly mode: 'listen' | 'whisper' | 'barge' | 'takeOver';
  /** Null where the end was not seen. */
  readonly seconds: number | null;
}

/** What the record has of the listening to the calls of one extension, as far as it is over. */
export interface OwnRecord {
  readonly timesThisMonth: number;
  /** From the latest on. */
  readonly latest: readonly ListenedTo[];
}

/** The record has been read for whoever has dialled the code; null where it could not be. */
export interface OwnRecordReadEvent {
  readonly type: 'ownRecordRead';
  readonly leg: LegId;
  readonly record: OwnRecord | null;
}

/** Somebody asks by the code. They are known by the password of their extension, or by the port that they call from, and hear of nobody else. */
export function ownRecordAsked(
  state: SwitchboardState,
  { leg, line }: Pick<Party, 'leg' | 'line'>,
  now: Instant,
): SwitchboardOutcome {
  if (line.kind !== 'extension') return { state: releasing(state, [leg], 'unavailable'), notes: [], signals: [] };
  const signal = { kind: 'readOwnRecord', leg, extension: line.number } as const;
  return { state: awaitedAloud(state, leg, now), notes: [], signals: [signal] };
}

/** Tells whoever still waits for it. */
export const ownRecordRead = (
  state: SwitchboardState,
  { leg, record }: OwnRecordReadEvent,
  now: Instant,
): SwitchboardState => toldAloud(state, leg, record === null ? [said('not-available')] : ownRecordSpeech(record), now);

/** How often this month, then the last times: day, time, mode and length. */
export function ownRecordSpeech({ timesThisMonth, latest }: OwnRecord): readonly Utterance[] {
  const times = timesThisMonth === 0 ? [said('own-record-none')] : counted('own-record-month', timesThisMonth);
  return [
    ...times,
    ...(latest.length === 0 ? [] : [said('own-record-latest'), pause]),
    ...latest.flatMap(sessionSpeech),
  ];
}

const modePrompts: Readonly<Record<ListenedTo['mode'], PromptName>> = {
  listen: 'mode-listen',
  whisper: 'mode-whisper',
  barge: 'mode-barge',
  takeOver: 'mode-take-over',
};

function sessionSpeech({ day, month, hour, minute, mode, seconds }: ListenedTo): readonly Utterance[] {
  const clock = `${hour}:${String(minute).padStart(2, '0')}`;
  return [
    ...counted('own-record-day', day),
    ...counted('own-record-in-month', month),
    ...[said('own-record-clock'), { kind: 'spelling', text: clock } as const],
    said(modePrompts[mode]),
    ...(seconds === null ? [] : lengthSpeech(seconds)),
    pause,
  ];
}

const lengthSpeech = (seconds: number): readonly Utterance[] => [
  ...counted('own-record-minutes', Math.floor(seconds / 60)),
  ...counted('own-record-seconds', seconds % 60),
];

const said = (name: PromptName): Utterance => ({ kind: 'prompt', name });
const pause: Utterance = { kind: 'pause', ms: 400 };
const counted = (name: PromptName, number: number): readonly Utterance[] => [
  said(name),
  { kind: 'digits', digits: String(number) },
];
