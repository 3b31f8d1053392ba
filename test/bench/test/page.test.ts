import { describe, expect, it } from 'vitest';
import { OptionError } from '../options.js';
import type { PageFigures } from '../page/figures.js';
import { judgePage } from '../page/goals.js';
import { parsePageOptions } from '../page/options.js';
import { pageTables } from '../page/tables.js';

const heard = { count: 100, p50: 200, p95: 400, max: 900 };
const load = { kilobytes: 70, milliseconds: 500 };
const cost = (box: number, browser: number) => ({ box, browser });

const figures: PageFigures = {
  firstLoad: { wayIn: load, live: load },
  live: {
    calls: 60,
    unwatched: cost(10, 0),
    watched: cost(11, 4),
    changingUnwatched: cost(11, 0),
    changing: cost(17, 6),
  },
  firstAudio: {
    first: { offered: 300, answered: 400, heard: 600 },
    ...{ offered: heard, answered: heard, heard, load: 'load of the machine 1', failures: 0, misheard: [] },
  },
  listening: { moderators: 10, before: cost(12, 40), cost: cost(22, 80), failures: 0, misheard: [] },
};

const verdict = (goal: string, of = figures) => judgePage(of).find((each) => each.goal.startsWith(goal));

describe('goals of the page', () => {
  it('are for what the page adds, and for each who listens', () => {
    expect(verdict('box: an open Live page')).toMatchObject({ measured: 1, isMet: true });
    expect(verdict('box: the same while calls come and go')).toMatchObject({ measured: 6, isMet: false });
    expect(verdict('box: each who listens')).toMatchObject({ measured: 1, isMet: true });
  });

  it('are missed where nothing could be measured', () => {
    const firstAudio = { ...figures.firstAudio, heard: undefined, failures: 3 };
    const listening = { ...figures.listening, moderators: 0, failures: 3 };
    const nothing = { ...figures, firstAudio, listening };
    expect(verdict('click to first audio', nothing)).toMatchObject({ isMet: false });
    expect(
      verdict('box: each who listens', { ...nothing, listening: { ...listening, cost: cost(12, 40) } }),
    ).toMatchObject({
      isMet: false,
    });
    expect(verdict('clicks after which', nothing)).toMatchObject({ measured: 6, isMet: false });
  });
});

it('the tables of the page tell who did not hear the call', () => {
  const listening = { ...figures.listening, misheard: ['moderator 3 misses 1850 Hz'] };
  expect(pageTables({ ...figures, listening }).flatMap(({ notes }) => notes)).toContain('! moderator 3 misses 1850 Hz');
});

describe('options for the page', () => {
  it('measure less where it is to be quick', () => {
    expect(parsePageOptions(['--quick']).calls).toBeLessThan(parsePageOptions([]).calls);
    expect(parsePageOptions(['--report', 'page.md']).report).toBe('page.md');
  });

  it('refuse what they do not know', () => {
    expect(() => parsePageOptions(['--slowly'])).toThrow(OptionError);
  });
});
