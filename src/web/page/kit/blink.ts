export type Pattern = 'dark' | 'steady' | 'slowBlink' | 'fastBlink' | 'doubleBlink';

/** For how many milliseconds it is lit, dark, lit and so on, over and over. */
const patterns: Readonly<Record<Pattern, readonly number[]>> = {
  dark: [],
  steady: [],
  slowBlink: [500, 500],
  fastBlink: [125, 125],
  doubleBlink: [200, 200, 200, 800],
};

/**
 * Lights a lamp as the pattern says. An animation of the style would have the browser
 * draw the page sixty times a second.
 * @param isStill For whoever wants nothing to move: it is lit steadily.
 * @returns what ends it.
 */
export function blink(pattern: Pattern, isStill: boolean, light: (isLit: boolean) => void): () => void {
  const phases = isStill ? [] : patterns[pattern];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enter = (phase: number) => {
    light(phase % 2 === 0);
    timer = setTimeout(() => enter((phase + 1) % phases.length), phases[phase]);
  };
  if (phases.length > 0) enter(0);
  else light(pattern !== 'dark');
  return () => clearTimeout(timer);
}
