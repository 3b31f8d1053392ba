import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc16 } from '../../../src/lines/v253/crc16.js';
import { Reader, type Reading } from '../../../src/lines/v253/reader.js';
import { reportText } from '../../../src/simulator/hat/report-text.js';

const bytes = (text: string) => Buffer.from(text, 'latin1');

const read = (...pieces: readonly Uint8Array[]): readonly Reading[] => {
  const reader = new Reader();
  return pieces.flatMap((piece) => reader.push(piece));
};

const offHook = bytes('\u0010X01HF651\u0010.');

describe('reading what a HAT sends', () => {
  it('knows the CRC of PROTOCOL.md', () => {
    expect(crc16('123456789')).toBe(0x29b1);
  });

  it('reads the example of PROTOCOL.md', () => {
    expect(read(offHook)).toEqual([{ kind: 'report', serial: 1, report: { kind: 'offHook' } }]);
  });

  it('reads lines, with and without what comes between them', () => {
    expect(read(bytes('\r\n#HAT: 1.0\r\n\r\nOK\r\n'))).toEqual([
      { kind: 'line', text: '#HAT: 1.0' },
      { kind: 'line', text: 'OK' },
    ]);
  });

  it('reads a report in the middle of a line, and the line', () => {
    const readings = read(bytes('\r\n+VL'), offHook, bytes('S: 1\r\n'));
    expect(readings.map(({ kind }) => kind)).toEqual(['report', 'line']);
    expect(readings[1]).toEqual({ kind: 'line', text: '+VLS: 1' });
  });

  it.each([
    ['5D', { kind: 'digit', digit: '5', how: 'dtmf' }],
    ['0P', { kind: 'digit', digit: '0', how: 'pulse' }],
    ['#D', { kind: 'digit', digit: '#', how: 'dtmf' }],
    ['h', { kind: 'onHook' }],
    ['F', { kind: 'flash' }],
    ['R', { kind: 'ring' }],
    ['l', { kind: 'loopBreak' }],
    ['b', { kind: 'tone', tone: 'busy' }],
    ['d', { kind: 'tone', tone: 'dial' }],
    ['t0301', { kind: 'dialled', digits: '0301' }],
    ['I"0301","J\\C3\\BCrgen"', { kind: 'callerId', caller: { number: '0301', name: 'Jürgen' } }],
    ['I"",""', { kind: 'callerId', caller: { number: '', name: '' } }],
    ['Zwatchdog', { kind: 'restart', reason: 'watchdog' }],
    ['o', { kind: 'overrun' }],
    ['Eringing generator failed', { kind: 'fault', text: 'ringing generator failed' }],
    [
      'S17,8,2,1,0,1',
      {
        kind: 'state',
        state: { answers: 17, serviceClass: 8, select: 2, isOffHook: true, isRinging: false, isFed: true },
      },
    ],
  ])('reads the report %s', (content, report) => {
    const [code = '', data] = [content[0], content.slice(1)];
    expect(read(reportText(255, code, data))).toEqual([{ kind: 'report', serial: 255, report }]);
  });

  it.each(['5', '5X', 'I"1"', 'I"1","2","3"', 'I"\\GG",""', 'S1,8,2,1,0', 'S1,8,2,2,0,1', 'x', ''])(
    'takes "%s" for damage, as sound as its CRC may be',
    (content) => {
      expect(read(reportText(0, content[0] ?? '', content.slice(1)))).toEqual([{ kind: 'damage' }]);
    },
  );

  it('finds a report after a truncated one', () => {
    expect(read(offHook.subarray(0, 5), offHook).map(({ kind }) => kind)).toEqual(['damage', 'report']);
  });

  it('finds an answer after a truncated report', () => {
    expect(read(offHook.subarray(0, 5), bytes('\r\nOK\r\n'))).toEqual([
      { kind: 'damage' },
      { kind: 'line', text: 'OK' },
    ]);
  });

  it('drops lines that contain anything but text', () => {
    expect(read(bytes('\r\nO\u00ffK\r\n\r\nO\u0010K\r\n\r\nOK\r\n'))).toEqual([{ kind: 'line', text: 'OK' }]);
  });
});

const unit = fc.oneof(
  fc.constantFrom('OK', 'ERROR', '#HAT: 1.0', 'AT+VLS=2').map((line) => bytes(`\r\n${line}\r\n`)),
  fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.constantFrom('H', 'h', 'F', 'R', '7D', '*D', '3P', 'S5,8,2,0,1,1'))
    .map(([serial, content]) => reportText(serial, content[0] ?? '', content.slice(1))),
);

describe('any stream of a HAT', () => {
  it('reads the same however it is cut', () => {
    fc.assert(
      fc.property(fc.array(unit), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (units, lengths) => {
        const whole = Buffer.concat(units);
        const pieces: Buffer[] = [];
        for (let at = 0, turn = 0; at < whole.length; turn++) {
          const length = lengths[turn % lengths.length] ?? 1;
          pieces.push(whole.subarray(at, at + length));
          at += length;
        }
        expect(read(...pieces)).toEqual(read(whole));
      }),
    );
  });

  it('has no other report in it when one byte is wrong, missing or too much', () => {
    const change = fc.record({
      at: fc.nat({ max: 12 }),
      removed: fc.integer({ min: 0, max: 1 }),
      added: fc.uint8Array({ maxLength: 1 }),
    });
    fc.assert(
      fc.property(fc.constantFrom('H', 'h', '5D', 'l'), change, (content, { at, removed, added }) => {
        const sent = reportText(3, content[0] ?? '', content.slice(1));
        const arrived = Buffer.concat([sent.subarray(0, at), added, sent.subarray(at + removed)]);
        for (const reading of read(arrived, bytes('\r\n'))) {
          if (reading.kind === 'report') expect(reading).toEqual(read(sent)[0]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('has no report in ten minutes of noise at full speed, and loses few of those among it', () => {
    const random = noiseOf(4711);
    const reader = new Reader();
    const found: number[] = [];
    const sent: number[] = [];
    // 11 520 bytes a second; every three seconds something really happens.
    for (let second = 0; second < 600; second += 3) {
      const serial = (second / 3) % 256;
      sent.push(serial);
      const pieces = [random(11_520 * 3), bytes('\r\n'), reportText(serial, 'H', '')];
      for (const reading of pieces.flatMap((piece) => reader.push(piece))) {
        if (reading.kind !== 'report') continue;
        expect(reading.report).toEqual({ kind: 'offHook' });
        found.push(reading.serial);
      }
    }
    expect(sent).toEqual(expect.arrayContaining(found));
    expect(found.length).toBeGreaterThan(sent.length * 0.95);
  });
});

/** Bytes that are the same for the same seed. */
function noiseOf(seed: number): (length: number) => Uint8Array {
  let state = seed;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
}
