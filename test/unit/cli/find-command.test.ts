import { describe, expect, it } from 'vitest';
import { findCommand, helpOn } from '../../../src/cli/find-command.js';

describe('a command that there is not', () => {
  it.each([
    { words: ['license', 'show'], name: 'license', meant: 'licence' },
    { words: ['extension', 'list'], name: 'extension', meant: 'extensions' },
    { words: ['Nebenstellen', 'list'], name: 'Nebenstellen', meant: null },
    { words: ['extensions', 'lsit'], name: 'extensions lsit', meant: 'extensions list' },
    { words: ['settings', 'chekc'], name: 'settings chekc', meant: 'settings check' },
    { words: ['calls', 'telephone'], name: 'calls telephone', meant: null },
  ])('is told with the one that was probably meant: $words', ({ words, name, meant }) => {
    expect(() => findCommand(words)).toThrow(
      expect.objectContaining({ problem: { code: 'command.unknown', params: { name, meant } } }),
    );
  });

  it('is told likewise when it is asked about', () => {
    expect(() => helpOn(['license'], 'en')).toThrow(
      expect.objectContaining({ problem: { code: 'command.unknown', params: { name: 'license', meant: 'licence' } } }),
    );
  });

  it('is not looked for in an option', () => {
    expect(() => findCommand(['extensions', '--list'])).toThrow(
      expect.objectContaining({ problem: { code: 'command.notUnderstood', params: { word: '--list' } } }),
    );
  });
});
