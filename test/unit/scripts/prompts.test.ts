import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { promptFileNames } from '../../../src/store/settings/prompt-files.js';

/** Rows of one of the files that the speech is made from. */
function rows(file: string): string[][] {
  const text = readFileSync(new URL(`../../../scripts/prompts/${file}.tsv`, import.meta.url), 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => line.split('\t'));
}

describe.each(['de', 'en'])('the spoken texts (%s)', (language) => {
  it('are there for every prompt and digit, once, and for nothing else', () => {
    const names = rows(language).map(([name]) => name);
    expect(names.toSorted()).toEqual([...promptFileNames].sort());
  });

  it('say something', () => {
    for (const row of rows(language)) {
      expect(row).toHaveLength(2);
      expect(row[1]?.trim()).toBe(row[1]);
      expect(row[1]).not.toBe('');
    }
  });

  it('let the demo phones take turns', () => {
    const speakers = rows(`demo-${language}`).map(([speaker]) => speaker);
    expect(new Set(speakers)).toEqual(new Set(['caller', 'callee']));
    for (const [index, speaker] of speakers.entries()) expect(speaker).not.toBe(speakers[index + 1]);
  });
});
