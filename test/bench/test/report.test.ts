import { describe, expect, it } from 'vitest';
import { drawChart } from '../report/chart.js';
import { toMarkdown, toText } from '../report/table.js';
import { summaryLines, tablesOf } from '../report/tables.js';
import { figure } from '../report/words.js';
import { sampleRun, sampleSystem, sampleWindow } from './sample-run.js';

const table = {
  title: 'Figures',
  head: ['what', 'n'],
  rows: [
    ['a | b', '1'],
    ['c', '100'],
  ],
  notes: ['A note.'],
};

describe('a table', () => {
  it('is aligned in a terminal', () => {
    expect(toText(table).split('\n')).toEqual([
      'Figures',
      'what     n',
      '-----  ---',
      'a | b    1',
      'c      100',
      'A note.',
    ]);
  });

  it('is a table in Markdown', () => {
    expect(toMarkdown(table).split('\n').slice(2, 6)).toEqual([
      '| what | n |',
      '| --- | --: |',
      '| a \\| b | 1 |',
      '| c | 100 |',
    ]);
  });
});

it.each([
  [0, '0'],
  [0.2345, '0.23'],
  [12.34, '12.3'],
  [1234.5, '1235'],
  [undefined, '-'],
  [Number.NaN, '-'],
])('the figure %s is written %s', (value, written) => {
  expect(figure(value)).toBe(written);
});

describe('the report', () => {
  const textOf = (run = sampleRun()) => [...summaryLines(run), ...tablesOf(run).map(toText)].join('\n');

  it('has a line for each load, and the verdicts', () => {
    const text = textOf();
    expect(text).toMatch(/^Modcall +10 +plain +0 +PCMA +0\.50 /m);
    expect(text).toMatch(/^Asterisk +10 +listen +1 +PCMA +2\.00 /m);
    expect(text).toMatch(/^bare relay +10 +plain /m);
    expect(text).toMatch(/^CPU, plain +<= 0\.5 +0\.50 .* met$/m);
    expect(text).toMatch(/^CPU, one listener a call +<= 0\.35 +0\.50 .* missed by a factor of 1\.43$/m);
    expect(text).toContain('No window was disturbed.');
  });

  it('marks what was disturbed, and audio that was wrong', () => {
    const floor = [{ calls: 10, ...sampleWindow(1), disturbances: ['noise'], misheard: ['a member hears nobody'] }];
    const text = textOf(sampleRun({ floor }));
    expect(text).toContain('DISTURBED: 1 of ');
    expect(text).toContain('WRONG AUDIO in 1 windows');
    expect(text).toMatch(/^bare relay!\* /m);
  });

  it.each([
    ['packets', '160'],
    ['refused', '160, then refused'],
    ['untried', 'at least 160'],
  ] as const)('tells why there are not more calls (%s)', (limit, written) => {
    const modcall = { ...sampleSystem('Modcall', 1), capacity: { calls: 160, limit, steps: [] } };
    expect(textOf(sampleRun({ modcall }))).toMatch(
      new RegExp(`^most calls with a listener each +${written} +80$`, 'm'),
    );
  });

  it('does without a peer', () => {
    expect(textOf(sampleRun({ asterisk: undefined }))).not.toContain('Asterisk');
  });
});

describe('the chart', () => {
  it('has a panel each for calls, listeners and codecs, and every system in them', () => {
    const svg = drawChart(sampleRun()) ?? '';
    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 1140 320"/);
    expect(svg.match(/% of a core, by/g)).toHaveLength(3);
    for (const name of ['Modcall, plain', 'Asterisk, one listener a call', 'bare relay']) expect(svg).toContain(name);
    expect(svg.match(/<rect [^>]*width="14"/g)).toHaveLength(4);
    expect(svg).not.toContain('NaN');
  });

  it('leaves out what was not measured', () => {
    const modcall = { ...sampleSystem('Modcall', 1), moderatorSweep: [], codecSweep: [] };
    const svg = drawChart(sampleRun({ modcall, asterisk: undefined, floor: [] })) ?? '';
    expect(svg.match(/% of a core, by/g)).toHaveLength(1);
    expect(svg).not.toContain('Asterisk');
  });
});
