/** What an update, or the running system, is made for, and which Modcall is in it. */
export interface SystemImage {
  /** Name of the boards that it starts on, such as `modcall-pi4`. */
  readonly board: string;
  /** That of Modcall's package, such as `1.2.0` or `1.3.0~202611291200.ab12cd3`. */
  readonly version: string;
}

export type Refusal = 'otherBoard' | 'noVersion' | 'olderMajor';

/**
 * Why an update is not for this box; null if it is. Within a major version the way back is open: it reads the settings. An older major
 * version may not.
 */
export function refusalOf(offered: SystemImage, running: SystemImage): Refusal | null {
  if (offered.board !== running.board) return 'otherBoard';
  const next = majorOf(offered.version);
  if (next === null) return 'noVersion';
  return next < (majorOf(running.version) ?? 0) ? 'olderMajor' : null;
}

function majorOf(version: string): number | null {
  const [, digits] = /^(\d{1,6})\.\d/.exec(version) ?? [];
  return digits === undefined ? null : Number(digits);
}
