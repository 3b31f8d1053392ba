import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoted, unquoted } from '../../../src/lines/v253/quoted.js';
import { constantText, stringConstant } from '../../../src/simulator/hat/report-text.js';

describe('string constants', () => {
  it('escape what V.250 requires', () => {
    expect(quoted('Jürgen', 60)).toBe('"J\\C3\\BCrgen"');
    expect(quoted('a"b\\c', 60)).toBe('"a\\22b\\5Cc"');
  });

  it('are cut between characters, never within one', () => {
    expect(quoted('äöü', 5)).toBe(quoted('äö', 60));
  });

  it('come back as they were, here and in the simulated HAT', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 3 }), (texts) => {
        const list = texts.map((text) => quoted(text, 10_000)).join(',');
        expect(unquoted(list)).toEqual(texts);
        expect(texts.map((text) => constantText(stringConstant(text).slice(1, -1)))).toEqual(texts);
        expect(list).toBe(texts.map(stringConstant).join(','));
      }),
    );
  });

  it.each(['', '"', '"a', 'a', '"a",', '"a"b"', '"\\4"', '"\\ZZ"'])('%s is none', (text) => {
    expect(unquoted(text)).toBeUndefined();
  });
});
