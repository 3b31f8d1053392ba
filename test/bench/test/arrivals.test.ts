import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile } from './load-programs.js';

let program = '';
beforeAll(() => {
  program = compile('replay-arrivals');
});
afterAll(() => rmSync(dirname(program), { recursive: true }));

interface Packet {
  readonly sequence: number;
  /** In samples of 125 µs. */
  readonly timestamp: number;
  /** When it arrives, in milliseconds. */
  readonly at: number;
}

const replay = (packets: readonly Packet[]): unknown => {
  const lines = packets.map(({ sequence, timestamp, at }) => `${sequence} ${timestamp} ${at}`);
  return JSON.parse(execFileSync(program, { input: lines.join('\n'), encoding: 'utf8' }));
};

/** Packets on time, of which those that are named come later, by so many milliseconds. */
const stream = (delays: Readonly<Record<number, number>>): readonly Packet[] =>
  Array.from({ length: 8 }, (_, index) => ({
    sequence: index,
    timestamp: index * 160,
    at: index * 20 + (delays[index] ?? 0),
  }));

describe('packets of voice', () => {
  it('are late more than 40 ms after the best of those before', () => {
    expect(replay(stream({ 5: 40, 6: 40.1 }))).toEqual({ received: 8, lost: 0, late: 1, gaps: 0 });
  });

  it('leave a gap where the next one comes more than 60 ms later', () => {
    expect(replay(stream({ 6: 40, 7: 40 }))).toMatchObject({ gaps: 0 });
    expect(replay(stream({ 6: 40.1, 7: 40.1 }))).toMatchObject({ gaps: 1 });
  });

  it('are counted over the wrap of number and timestamp', () => {
    const over = stream({}).map(({ sequence, timestamp, at }) => ({
      sequence: (sequence + 65_532) % 65_536,
      timestamp: (timestamp + 2 ** 32 - 640) % 2 ** 32,
      at,
    }));
    expect(replay(over)).toEqual({ received: 8, lost: 0, late: 0, gaps: 0 });
  });
});
