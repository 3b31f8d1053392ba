import type { Mode } from '../monitoring/profile.js';

/** What a lamp can show. */
export type Pattern = 'dark' | 'steady' | 'slowBlink' | 'fastBlink' | 'doubleBlink';

/** What both lamps of the box show. */
export interface Lamps {
  /** Dark: nobody listens; steady: listen; slow: whisper; fast: barge. */
  readonly monitor: Pattern;
  /**
   * Steady: ready; slow: starting or no lines; double: no licence, a disk that is almost full, failing, worn or silent, or a backup that could not be
   * made; fast: a backup is being made.
   */
  readonly status: Pattern;
}

/** One step of a pattern: on or off for a number of milliseconds. */
export interface Phase {
  readonly isOn: boolean;
  readonly ms: number;
}

/** Patterns as phases that repeat; a single phase lasts until the pattern changes. */
export const phases: Record<Pattern, readonly Phase[]> = {
  dark: [{ isOn: false, ms: 0 }],
  steady: [{ isOn: true, ms: 0 }],
  slowBlink: [
    { isOn: true, ms: 500 },
    { isOn: false, ms: 500 },
  ],
  fastBlink: [
    { isOn: true, ms: 120 },
    { isOn: false, ms: 120 },
  ],
  doubleBlink: [
    { isOn: true, ms: 120 },
    { isOn: false, ms: 120 },
    { isOn: true, ms: 120 },
    { isOn: false, ms: 840 },
  ],
};

const modePatterns: Record<Mode, Pattern> = { listen: 'steady', whisper: 'slowBlink', barge: 'fastBlink' };

/** From the least to the most intrusive mode. */
const byIntrusion: readonly Mode[] = ['listen', 'whisper', 'barge'];

/** The most intrusive of the running monitors decides. */
export function monitorPattern(running: readonly Mode[]): Pattern {
  const strongest = byIntrusion.findLast((mode) => running.includes(mode));
  return strongest === undefined ? 'dark' : modePatterns[strongest];
}

export interface BoxCondition {
  /** Whether any phone, port or trunk can be used. */
  readonly hasLines: boolean;
  readonly isLicensed: boolean;
  /** Whether the disk needs nobody who looks after it. */
  readonly isDiskSound: boolean;
  /** How it stands with the backup that somebody has asked for by the button; null where nobody has of late. */
  readonly backup: 'making' | 'failed' | null;
}

/** While the box starts, nothing can be used yet, which is the same as having no lines. */
export function statusPattern({ hasLines, isLicensed, isDiskSound, backup }: BoxCondition): Pattern {
  // Somebody stands before the box, and waits for the stick.
  if (backup !== null) return backup === 'making' ? 'fastBlink' : 'doubleBlink';
  if (!hasLines) return 'slowBlink';
  return isLicensed && isDiskSound ? 'steady' : 'doubleBlink';
}
