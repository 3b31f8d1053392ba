import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../../src/cli/output/problem-text.js';
import { valueText } from '../../../../src/cli/output/value-text.js';

const en = { language: 'en', width: 100 } as const;
const de = { language: 'de', width: 100 } as const;

describe('an answer at the terminal', () => {
  const list = [
    { number: '101', name: 'Anna', consents: true, quota: null },
    { number: '102', name: 'Ben', consents: false, quota: 20 },
  ];

  it('is a table where it is a list, in the words of the language', () => {
    expect(valueText(list, en)).toBe(
      ['number  name  consents  quota', '101     Anna  yes       –', '102     Ben   no        20'].join('\n'),
    );
    expect(valueText(list, de).split('\n')[0]).toBe('Nummer  Name  einverstanden  Kontingent');
    expect(valueText({ entries: list }, en)).toBe(valueText(list, en));
    expect(valueText([], en)).toBe('There is nothing to show.');
    expect(valueText({ version: 3, entries: [] }, en)).toBe('version: 3\nentries:\n  There is nothing to show.');
    expect(valueText([{ seq: 7, fact: { type: 'boxStarted' }, text: 'Modcall started' }], en)).toBe(
      'number  text\n7       Modcall started',
    );
  });

  it('is told entry by entry where a table would not fit', () => {
    expect(valueText(list, { ...en, width: 28 })).toBe(
      'number:   101\nname:     Anna\nconsents: yes\nquota:    –\n\nnumber:   102\nname:     Ben\nconsents: no\nquota:    20',
    );
    expect(
      valueText({ version: 3, entries: list }, { ...en, width: 30 })
        .split('\n')
        .slice(0, 3),
    ).toEqual(['version: 3', 'entries:', '  number:   101']);
    expect(valueText({ version: 3, entries: list }, { ...en, width: 31 })).toContain('\n  number  name');
    const changes = ['name', 'consents'].map((name) => ({
      path: ['extensions', '101', name],
      before: 'x',
      after: 'y',
    }));
    expect(valueText([{ version: 3, changes }], { ...en, width: 28 })).toBe(
      'version: 3\nchanges:\n  Extension 101, Name: x, now y\n  Extension 101, Agreed: x, now y',
    );
  });

  it('is told line by line otherwise, with what is long below its name', () => {
    expect(valueText({ version: 3, entries: list.slice(0, 1) }, en)).toBe(
      ['version: 3', 'entries:', '  number  name  consents  quota', '  101     Anna  yes       –'].join('\n'),
    );
  });

  it('is told in words where the box has them', () => {
    const state = { calls: 0, closures: ['licenceMissing'], words: { closures: ['there is no licence'] } };
    expect(valueText(state, en)).toBe(
      'calls:                           0\nmonitoring is closed because of: there is no licence',
    );
    expect(valueText([{ side: 'member', words: { side: 'to you' } }], en).split('\n')[1]).toBe('to you');
  });

  it('steers no terminal, whatever name comes from outside', () => {
    expect(valueText({ name: '\u001b[2JEva\u202e' }, en)).toBe('name: \uFFFD[2JEva\uFFFD');
  });
});

describe('a refusal', () => {
  const refusal = (more: object) => JSON.stringify({ title: 'No', status: 422, detail: 'No.', code: 'x', ...more });

  it('names the option of each mistake in the input, and what to do', () => {
    const faults = [{ path: ['ringSeconds'], code: 'x', text: 'is too long', remedy: 'Write less.' }];
    const told = refusalOf(refusal({ code: 'request.invalidInput', faults }), 'en');
    expect(told).toEqual({ exitCode: 2, text: 'No.\n  --ring-seconds\n    is too long\n    Remedy: Write less.' });
  });

  it('tells each in the words of a command, and what is in a file in those of the file', () => {
    const told = (path: readonly (string | number)[], code: string, of = 'request.invalidInput') =>
      refusalOf(refusal({ code: of, faults: [{ path, code, text: 'is none', remedy: 'In quotes.' }] }), 'en')
        .text.split('\n')
        .slice(1)
        .map((line) => line.trim());
    expect(told(['members', 0], 'settings.fault.extensionNumber')).toEqual([
      ...['--members, entry 1', 'is none'],
      'Remedy: Write 2 to 8 digits, such as 101.',
    ]);
    expect(told(['lines', 2, 'password'], 'settings.fault.password', 'settings.table.invalid')).toEqual([
      ...['line 2, column password', 'is none'],
      'Remedy: Write 12 to 128 characters.',
    ]);
    expect(told(['extensions', 0, 'number'], 'settings.fault.extensionNumber', 'settings.refused')).toEqual([
      ...['extensions[0].number', 'is none'],
      'Remedy: In quotes.',
    ]);
    expect(told(['host'], 'settings.fault.host')).toContain('Remedy: In quotes.');
  });

  it('shows what somebody else changed meanwhile', () => {
    const changes = [{ path: ['extensions', '101', 'name'], before: 'Anna', after: 'Zoe' }];
    expect(refusalOf(refusal({ status: 412, changes }), 'en')).toEqual({
      exitCode: 1,
      text: 'No.\nWhat was changed meanwhile:\n  Extension 101, Name: Anna, now Zoe',
    });
    expect(refusalOf(refusal({ status: 412, changes: null }), 'de').text).toContain('nicht mehr aufgehoben');
  });

  it('is a failure where the box itself is the reason', () => {
    expect(refusalOf(refusal({ status: 503 }), 'en').exitCode).toBe(3);
    expect(refusalOf('<html>', 'en').exitCode).toBe(3);
  });
});
