import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { extensionTableOperations } from '../../../../src/admin/settings/extension-table-operations.js';
import { run as runIn, SettingsTestBox } from './settings-box.js';

let box: SettingsTestBox;
beforeEach(async () => {
  box = await SettingsTestBox.open();
});
afterEach(() => box.close());

const exported = () => runIn(extensionTableOperations, box, 'extensions export');
const imports = (table: string, basis: number | null = null) =>
  runIn(extensionTableOperations, box, 'extensions import', { table, basis });
const extension = (number: string) => box.present.extensions.find((entry) => entry.number === number);
const faultsOf = async (table: string) => {
  const error = await imports(table).catch((reason: unknown) => reason);
  return Object(error).faults.map(({ path, code }: { path: string; code: string }) => [path, code]);
};

test('the table has every extension, and no secret', async () => {
  expect(await exported()).toBe(
    'number,name,consents,language,encryption\r\n100,Lead,no,de,off\r\n101,Anna,yes,,off\r\n102,Ben,yes,,off\r\n',
  );
});

test('a table that was exported changes nothing', async () => {
  const nothing = { version: 1, afterRestart: [], added: [], changed: [], passwords: [] };
  expect(await imports(String(await exported()))).toEqual(nothing);
});

test('extensions of the table are changed or come last, and what it does not say stays', async () => {
  const { password } = extension('101') ?? {};
  const table =
    'number;name;password;consents\r\n101;Anne;;ja\r\n105;"Eva; the new one";generate;nein\r\n106;Finn;a password of his;';
  const answer = await imports(`\uFEFF${table}`, 1);
  expect(answer).toMatchObject({
    version: 2,
    added: ['105', '106'],
    changed: ['101'],
    passwords: [{ number: '105', name: 'Eva; the new one', password: expect.stringMatching(/^\w{16}$/) }],
  });
  expect(extension('101')).toMatchObject({ name: 'Anne', password, consents: true });
  expect(extension('105')).toMatchObject({ name: 'Eva; the new one', password: Object(answer).passwords[0].password });
  expect(extension('106')).toMatchObject({ password: 'a password of his', consents: false, pin: null });
  expect(box.present.extensions.map(({ number }) => number)).toEqual(['100', '101', '102', '105', '106']);
  expect(box.facts).toHaveLength(1);
});

test('whoever is new gets a password of the box where the table has none, and nobody else does', async () => {
  const { password } = extension('101') ?? {};
  const answer = await imports('number,name,password\n101,Anne,\n105,Eva,\n');
  expect(answer).toMatchObject({ added: ['105'], passwords: [{ number: '105', name: 'Eva' }] });
  expect(extension('105')?.password).toBe(Object(answer).passwords[0].password);
  expect(extension('101')?.password).toBe(password);
  const { name } = extension('102') ?? {};
  expect(await imports('number,name\n106,Finn\n')).toMatchObject({ passwords: [{ number: '106', name: 'Finn' }] });
  expect(await imports('number,password\n102,generate\n')).toMatchObject({ passwords: [{ number: '102', name }] });
});

test.each([
  'Nummer;Name;Zugestimmt;Sprache;Passwort\r\n101;Anne;nein;en;a password of hers\r\n',
  'Nebenstelle;Name;Einwilligung;Sprache;Kennwort\r\n101;Anne;nein;en;a password of hers\r\n',
  'number;name;consents;Sprache;password\r\n101;Anne;no;en;a password of hers\r\n',
])('the columns of %j are understood', async (table) => {
  await imports(table);
  expect(extension('101')).toMatchObject({
    ...{ name: 'Anne', consents: false },
    ...{ language: 'en', password: 'a password of hers' },
  });
});

test('encryption is set for many at once, and a mistake told at its line', async () => {
  await imports('number,encryption\n101,offered\n102,\n');
  expect(['101', '102'].map((number) => extension(number)?.encryption)).toEqual(['offered', 'off']);
  expect(await faultsOf('number,encryption\n101,srtp\n102,required\n')).toEqual([
    ['lines[2].encryption', 'settings.fault.encryption'],
    ['lines[3].encryption', 'settings.fault.extensionKeysInClear'],
  ]);
});

test('a table can be tried out, which tells what it would do and changes nothing', async () => {
  const before = box.present;
  const tried = (table: string) => runIn(extensionTableOperations, box, 'extensions import', { table, dryRun: true });
  expect(await tried('number,name,password\n101,Anne,\n105,Eva,generate\n')).toEqual({
    version: 1,
    afterRestart: [],
    added: ['105'],
    changed: ['101'],
    passwords: [],
  });
  await expect(tried('number,name\n1,Eva\n')).rejects.toMatchObject({ problem: { code: 'settings.table.invalid' } });
  expect(box.present).toEqual(before);
  expect(box.facts).toEqual([]);
});

test.each([
  ['=Anna', "101,'=Anna"],
  ["'=Anna", "101,''=Anna"],
  ['Anna;=1+1; Ben', `101,"Anna;'=1+1; Ben"`],
  ["Anna;'-1", `101,"Anna;''-1"`],
  ['Meier, =Anna', '101,"Meier, =Anna"'],
])('the name %s is a formula to no spreadsheet, and comes back as it was', async (name, line) => {
  await imports(`number,name\n${line}\n`);
  expect(extension('101')?.name).toBe(name);
  expect(await exported()).toContain(`${line},yes`);
  await imports(String(await exported()));
  expect(extension('101')?.name).toBe(name);
});

test('rows that were cleared in a spreadsheet say nothing', async () => {
  expect(await imports(';;\r\nnumber;name;password\r\n101;Anne;\r\n;;\r\n')).toMatchObject({ changed: ['101'] });
});

test.each([
  ['semicolons', 'number;name\r\n101;Meier, Anna\r\n', 'Meier, Anna'],
  ['commas', '\r\nnumber,name\r\n101,Meier; Anna\r\n', 'Meier; Anna'],
  ['what Excel is told of them', 'sep=;\r\nnumber;name\r\n101;Meier, Anna\r\n', 'Meier, Anna'],
  ['what Excel is told after a mark', '\uFEFFsep=,\nnumber,name\n101,Meier; Anna\n', 'Meier; Anna'],
  ['tabs', '\uFEFFnumber\tname\r\n101\tMeier, Anna; Dr.\r\n', 'Meier, Anna; Dr.'],
])('of a table with %s the other separators are part of what it says', async (_, table, name) => {
  await imports(table);
  expect(extension('101')?.name).toBe(name);
});

describe('a table with a mistake changes nothing, and tells', () => {
  test.each<readonly [string, string, readonly (readonly string[])[]]>([
    [
      'each line and column',
      'number,name,consents\n1,Anna,yes\n102,Ben,constructor\n',
      [
        ['lines[2].number', 'settings.fault.extensionNumber'],
        ['lines[3].consents', 'fault.json.flag'],
      ],
    ],
    [
      'what is there twice',
      'number,name,password\n105,Eva,generate\n105,Eve,generate\n',
      [['lines[3].number', 'settings.fault.duplicate']],
    ],
    [
      'what the rest of the settings has already',
      'number,name,password\n200,Eva,generate\n',
      [['groups[1].number', 'settings.fault.duplicate']],
    ],
    [
      'of a line behind what Excel is told',
      'sep=;\nnumber;name\n1;Anna\n',
      [['lines[3].number', 'settings.fault.extensionNumber']],
    ],
    ['a column that nobody knows behind it', 'sep=,\nnumber,naem\n', [['lines[2].naem', 'settings.fault.unknownKey']]],
    ['a column that nobody knows', 'number,naem\n101,Anna\n', [['lines[1].naem', 'settings.fault.unknownKey']]],
  ])('%s', async (_, table, faults) => {
    expect(await faultsOf(table)).toEqual(faults);
    expect([box.settings.current.version, box.facts]).toEqual([1, []]);
  });

  test('the other line of what is there twice', async () => {
    await expect(imports('number,name,password\n105,Eva,generate\n105,Eve,generate\n')).rejects.toMatchObject({
      problem: { code: 'settings.table.invalid', params: { count: 1 } },
      faults: [{ params: { other: 'lines[2].number' } }],
    });
  });

  test.each([
    ['number,name\n101,Anna,more\n', { code: 'settings.table.unreadable', params: { line: 2 } }],
    ['number,name\n101,"Anna\n', { code: 'settings.table.unreadable' }],
    ['name\nAnna\n', { code: 'settings.table.noKey', params: { column: 'number' } }],
    ['', { code: 'settings.table.noKey', params: { column: 'number' } }],
    [`number\n${'1\n'.repeat(2001)}`, { code: 'settings.table.tooLong', params: { most: 2000 } }],
  ])('that %j cannot be read', async (table, problem) => {
    await expect(imports(table)).rejects.toMatchObject({ problem });
  });

  test.each([
    [
      'a column again',
      'number,name,Nummer\n101,Anna,102\n',
      { code: 'settings.table.columnTwice', params: { column: 'number' } },
    ],
    ['half a million columns', 'a;'.repeat(500_000), longLine(1)],
    ['a column with a million letters', 'a'.repeat(1_000_000), longLine(1)],
    ['a value with as many', `number\n101\n${'x'.repeat(1_000_000)}`, longLine(3)],
    ['a line of nothing but commas', `number,name\n${','.repeat(1_000_000)}`, longLine(2)],
    [
      'such a line that breaks inside of quotation marks',
      `number,name\r\n${`"\r\n",${','.repeat(4000)}`.repeat(250)}`,
      longLine(2),
    ],
    ['a quotation mark without its second', `number,name\n101,"Anna\n${'102,Ben\n'.repeat(1000)}`, longLine(2)],
  ])('that %s is told before any of it is looked at', async (_, table, problem) => {
    await expect(imports(table)).rejects.toMatchObject({ problem });
  });

  test('that columns are unknown is told before the lines are looked at', async () => {
    expect(await faultsOf(`number,naem\n101,Anna,more\n`)).toEqual([['lines[1].naem', 'settings.fault.unknownKey']]);
  });

  test('lines that were cleared say nothing, however many columns they have', async () => {
    const cleared = `${','.repeat(4000)}\n`.repeat(125);
    const table = `${cleared}number,name\n${cleared}101,Anne\n`;
    await imports(table);
    expect(extension('101')?.name).toBe('Anne');
  });
});

const longLine = (line: number) => ({ code: 'settings.table.longLine', params: { line, most: 4096 } });
