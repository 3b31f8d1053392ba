import { describe, expect, it } from 'vitest';
import { matchClicks } from '../measure/clicks.js';

const probe = { member: 1, customer: 2, moderator: 3 };
const clicked = (stream: number, at: number, sample = 0) => ({ event: 'clicked' as const, stream, at, sample });
const click = (stream: number, at: number, sample = 0) => ({ event: 'click' as const, stream, at, sample });

/** Each role clicks once, and is heard by those named, after so many milliseconds. */
function round(hears: Readonly<Record<number, Readonly<Record<number, number>>>>) {
  return [1, 2, 3].flatMap((from, turn) => {
    const at = turn * 250;
    const heard = Object.entries(hears).flatMap(([to, delays]) =>
      delays[from] === undefined ? [] : [click(Number(to), at + delays[from])],
    );
    return [clicked(from, at), ...heard];
  });
}

describe('clicks', () => {
  it('give the delay of each path', () => {
    const { delays, complaints } = matchClicks(
      [probe],
      'barge',
      round({ 1: { 2: 0.5, 3: 20 }, 2: { 1: 1.5, 3: 22 }, 3: { 1: 18, 2: 23 } }),
    );
    expect(complaints).toEqual([]);
    expect(delays.parties?.packet).toEqual({ count: 2, p50: 0.5, p95: 1.5, max: 1.5 });
    expect(delays.toModerator?.packet).toMatchObject({ count: 2, p50: 18, max: 23 });
    expect(delays.fromModerator?.packet).toMatchObject({ count: 2, p50: 20, max: 22 });
  });

  it('are aligned by their places in both packets', () => {
    const { delays } = matchClicks([{ ...probe, moderator: undefined }], 'plain', [
      clicked(1, 0, 80),
      click(2, 10, 120),
      clicked(2, 250, 0),
      click(1, 260, 0),
    ]);
    expect(delays.parties?.aligned).toMatchObject({ p50: 10, max: 15 });
    expect(delays.parties?.packet).toMatchObject({ p50: 10, max: 10 });
  });

  it('count once when they lie at the edge of two packets', () => {
    const { delays } = matchClicks([{ ...probe, moderator: undefined }], 'plain', [
      clicked(1, 0, 155),
      click(2, 1, 158),
      click(2, 21, 0),
      clicked(2, 250, 0),
      click(1, 252, 0),
    ]);
    expect(delays.parties?.packet).toMatchObject({ count: 2, max: 2 });
  });

  it('that nobody hears, or the wrong one, are complained of', () => {
    const listenedTo = { 1: { 2: 1 }, 2: { 1: 1 }, 3: { 1: 20, 2: 20 } };
    expect(matchClicks([probe], 'listen', round(listenedTo)).complaints).toEqual([]);
    expect(matchClicks([probe], 'listen', round({ ...listenedTo, 3: { 1: 20 } })).complaints).toEqual([
      'a moderator misses clicks of the customer',
    ]);
    expect(matchClicks([probe], 'listen', round({ ...listenedTo, 2: { 1: 1, 3: 20 } })).complaints).toEqual([
      'a customer hears clicks of the moderator',
    ]);
    expect(matchClicks([probe], 'whisper', round(listenedTo)).complaints).toEqual([
      'a member misses clicks of the moderator',
    ]);
  });

  it('that come after 200 ms are none', () => {
    const late = round({ 1: { 2: 1 }, 2: { 1: 210 } });
    expect(matchClicks([{ ...probe, moderator: undefined }], 'plain', late).complaints).toEqual([
      'a customer misses clicks of the member',
    ]);
  });
});
