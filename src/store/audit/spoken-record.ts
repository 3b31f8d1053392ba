import { monthOf, monthStart } from '../../primitives/calendar.js';
import type { ExtensionNumber } from '../../primitives/ids.js';
import type { UnixTime } from '../../primitives/time.js';
import type { ListenedTo, OwnRecord } from '../../switchboard/own-record.js';
import type { AuditEntry } from './audit-entry.js';
import { type HeardCall, heardCalls } from './heard-calls.js';
import { timeBefore } from './time-before.js';

/** Whose record, by which calendar. */
export interface SpokenRecordQuery {
  readonly extension: ExtensionNumber;
  readonly now: UnixTime;
  /** Whether an entry tells of something that still goes on. */
  isRunning(fact: AuditEntry['fact']): boolean;
  /** Whether it would still be heard. */
  isAwaited(): boolean;
}

/** So many of the last times are told: nobody remembers more of them by ear. */
const told = 3;
const atOnce = 100;
/** So many parts of the record before this month are searched for the last times. */
const mostBefore = 5;

/**
 * What an extension is told by telephone of the listening to its own calls.
 * @throws Error where reading takes longer than it is waited for.
 */
export async function spokenRecord(
  folder: string,
  { extension, now, isRunning, isAwaited }: SpokenRecordQuery,
): Promise<OwnRecord> {
  const since = monthStart(monthOf(now), 0);
  const latest: HeardCall[] = [];
  let timesThisMonth = 0;
  let partsBefore = 0;
  for (let before: number | null = null; ; ) {
    requireAwaited(isAwaited());
    const { calls, next } = await heardCalls(folder, { extension, before, limit: atOnce, isRunning });
    timesThisMonth += calls.filter(({ ended }) => Date.parse(ended) >= since).length;
    for (const call of calls.slice(0, told - latest.length)) latest.push(call);
    if (next !== null && (await timeBefore(folder, next)) < since) partsBefore += 1;
    const isEnough = partsBefore > 0 && (latest.length >= told || partsBefore >= mostBefore);
    if (next === null || isEnough) return { timesThisMonth, latest: latest.map(inWords) };
    before = next;
  }
}

function requireAwaited(isAwaited: boolean): void {
  if (!isAwaited) throw new Error('nobody waits any more for what is read');
}

function inWords({ began, ended, modes, seconds }: HeardCall): ListenedTo {
  const time = new Date(began ?? ended);
  const when = { day: time.getDate(), month: time.getMonth() + 1, hour: time.getHours(), minute: time.getMinutes() };
  return { ...when, mode: widest.find((mode) => modes.includes(mode)) ?? 'listen', seconds };
}

/** In the order in which a moderator is heard by fewer. */
const widest: readonly ListenedTo['mode'][] = ['takeOver', 'barge', 'whisper', 'listen'];
