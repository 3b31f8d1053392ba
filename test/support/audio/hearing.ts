import type { Recording } from './recording.js';
import { toneLevel } from './tones.js';

/** Which parties' tones (Hz) are to be heard, and which must not be. */
export interface Hearing {
  readonly present: readonly number[];
  readonly absent: readonly number[];
}

const presentAboveDbfs = -30;
const absentBelowDbfs = -50;
const absentBelowPresentDb = 30;

/** Fails with the name of the listener and the levels found, unless the recording has just the wanted tones. */
export function expectHears(listener: string, recording: Recording, hearing: Hearing): void {
  const complaint = misheard(listener, recording, hearing);
  if (complaint !== undefined) throw new Error(complaint);
}

/** What is wrong with the recording; undefined when it has the wanted tones and none of the others. */
export function misheard(listener: string, recording: Recording, { present, absent }: Hearing): string | undefined {
  const found = new Map([...present, ...absent].map((frequency) => [frequency, toneLevel(recording, frequency)]));
  const level = (frequency: number) => found.get(frequency) ?? Number.NaN;
  const ceiling = Math.max(absentBelowDbfs, Math.min(...present.map(level)) - absentBelowPresentDb);
  const missing = present.filter((frequency) => level(frequency) <= presentAboveDbfs);
  const leaking = absent.filter((frequency) => level(frequency) >= (present.length > 0 ? ceiling : absentBelowDbfs));
  if (missing.length === 0 && leaking.length === 0) return undefined;
  const complaints = [
    missing.length > 0 && `misses ${hertz(missing)}`,
    leaking.length > 0 && `hears ${hertz(leaking)}`,
  ];
  const levels = [...found].map(([frequency, dbfs]) => `${frequency} Hz ${dbfs.toFixed(1)} dBFS`);
  return `${listener} ${complaints.filter(Boolean).join(' and ')} (found: ${levels.join(', ')})`;
}

function hertz(frequencies: readonly number[]): string {
  return `${frequencies.join(', ')} Hz`;
}
