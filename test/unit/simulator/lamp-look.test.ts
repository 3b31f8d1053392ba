import { expect, it } from 'vitest';
import { type Pattern, phases } from '../../../src/indication/lamps.js';
import { type LampLook, Strokes } from '../../../src/simulator/page/lamp-look.js';

const lookOf: Record<Pattern, LampLook> = {
  dark: 'dark',
  steady: 'lit',
  slowBlink: 'slowBlink',
  fastBlink: 'fastBlink',
  doubleBlink: 'doubleBlink',
};
const patterns = Object.keys(lookOf) as Pattern[];

/** By when a lamp that has begun a pattern is said to show it, in milliseconds. */
const knownAfterMs: Record<Pattern, number> = {
  dark: 1200,
  steady: 1200,
  slowBlink: 1500,
  fastBlink: 600,
  doubleBlink: 1560,
};

/** For how long the look of before may still fit what the lamp does: the longest stroke that the new pattern can share with it. */
const fitsForMs = 850;

const changes = patterns.flatMap((before) =>
  patterns.filter((after) => after !== before).map((after) => [before, after] as const),
);
/** Phones and browsers do not keep time to the millisecond. */
const delays = [
  ['on time', () => 0],
  ['late by up to 60 ms', (index: number) => (index * 37) % 60],
] as const;

const changeAtMs = 7000;
const endMs = 14_000;

interface Switching {
  readonly isLit: boolean;
  readonly atMs: number;
}

/** When a lamp with this pattern is switched, from one instant to another. */
function* switchings(pattern: Pattern, fromMs: number, toMs: number): Generator<Switching> {
  const steps = phases[pattern];
  for (let index = 0, atMs = fromMs; atMs < toMs; index++) {
    const step = steps[index % steps.length] ?? { isOn: false, ms: 0 };
    yield { isLit: step.isOn, atMs };
    if (step.ms === 0) return;
    atMs += step.ms;
  }
}

/** What a lamp is said to look like every 10 ms, before and after its pattern changes. */
function looksOf(before: Pattern, after: Pattern, delayOf: (index: number) => number) {
  const waiting = [...switchings(before, 0, changeAtMs), ...switchings(after, changeAtMs, endMs)];
  const strokes = new Strokes();
  const looks: { atMs: number; look: LampLook }[] = [];
  let isLit: boolean | undefined;
  let count = 0;
  for (let atMs = 0; atMs < endMs; atMs += 10) {
    for (let next = waiting[0]; next && next.atMs + delayOf(count) <= atMs; next = waiting[0]) {
      if (next.isLit !== isLit) strokes.begin(next.isLit, atMs);
      isLit = next.isLit;
      waiting.shift();
      count++;
    }
    looks.push({ atMs: atMs - changeAtMs, look: strokes.look(atMs) });
  }
  return looks;
}

it.each(delays.flatMap(([delay, delayOf]) => changes.map((change) => [...change, delay, delayOf] as const)))(
  'a lamp that goes from %s to %s is never said to look like anything else, and soon to look as it does (%s)',
  (before, after, _delay, delayOf) => {
    const looks = looksOf(before, after, delayOf);
    const wrong = looks.filter(({ atMs, look }) => {
      const allowed: LampLook[] = ['changing'];
      if (atMs < fitsForMs) allowed.push(lookOf[before]);
      if (atMs >= 0) allowed.push(lookOf[after]);
      return !allowed.includes(look);
    });
    expect(wrong).toEqual([]);
    const slackMs = 100;
    const unknown = looks.filter(({ atMs, look }) => atMs > knownAfterMs[after] + slackMs && look !== lookOf[after]);
    expect(unknown).toEqual([]);
  },
);
