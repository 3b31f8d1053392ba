import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { knownSecret, secret } from '../../../../src/admin/operation.js';
import { operations } from '../../../../src/admin/operations.js';
import { type JsonSchema, jsonSchema } from '../../../../src/admin/schema.js';
import { ownOptions, readArguments } from '../../../../src/cli/table/arguments.js';
import { verbHelp } from '../../../../src/cli/table/help.js';
import { usageNamed } from '../../../../src/cli/table/named-usage.js';
import { usageOf } from '../../../../src/cli/table/usage.js';
import { hasText } from '../../../../src/locales/text.js';
import { AdminError } from '../../../../src/store/admin-error.js';

const kind = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('every'), seconds: z.int().min(5).max(300) }),
]);

const usage = usageOf({
  name: 'notes set',
  about: { de: 'Setzt.', en: 'Sets.' },
  http: { method: 'PUT', path: '/notes/{id}' },
  input: z.strictObject({
    id: z.string(),
    ringSeconds: z.int().min(5).max(180).optional(),
    isOpen: z.boolean().default(false),
    number: z.string().nullable().optional(),
    tags: z.array(z.string()).optional(),
    windows: z.array(z.strictObject({ from: z.string() })).optional(),
    notice: z.strictObject({ member: kind, other: kind }).optional(),
    password: secret(z.string().max(200)).optional(),
    token: secret(z.string().max(200)).meta({ 'x-made': 'generate' }).optional(),
    present: knownSecret(z.string().max(200)).optional(),
    key: secret(z.string().max(20_000)).optional(),
    trunks: z.array(z.strictObject({ password: secret(z.string()) })).optional(),
    basis: z.int().nullable(),
  }),
  output: z.null(),
});

const read = (...words: string[]) => readArguments(usage, words, 'en');

/** The code of what is said to the words. */
function complaint(...words: string[]): string {
  try {
    read(...words);
    return 'nothing';
  } catch (error) {
    if (error instanceof AdminError) return error.problem.code;
    throw error;
  }
}

describe('the words behind a command of the table', () => {
  it.each<readonly [string, readonly string[], object]>([
    ['a part of the path, without a name', ['7'], { id: '7' }],
    ['a number', ['7', '--ring-seconds', '30'], { id: '7', ringSeconds: 30 }],
    ['what is no number as it is, for the box to refuse', ['7', '--ring-seconds', 'x'], { id: '7', ringSeconds: 'x' }],
    ['a digit as text where a text is wanted', ['007', '--number', '100'], { id: '007', number: '100' }],
    ['yes and no', ['7', '--is-open'], { id: '7', isOpen: true }],
    ['no', ['7', '--no-is-open'], { id: '7', isOpen: false }],
    ['nothing', ['7', '--no-number'], { id: '7', number: null }],
    ['a list, entry by entry', ['7', '--tags', 'a', '--tags', 'b'], { id: '7', tags: ['a', 'b'] }],
    ['a list as JSON', ['7', '--tags', '["a","b"]'], { id: '7', tags: ['a', 'b'] }],
    ['an empty list', ['7', '--no-tags'], { id: '7', tags: [] }],
    ['a list of objects', ['7', '--windows', '{"from":"08:00"}'], { id: '7', windows: [{ from: '08:00' }] }],
    [
      'an object as JSON, and a field inside it',
      ['7', '--notice', '{"member":{"kind":"none"}}', '--notice.other.kind', 'every', '--notice.other.seconds', '9'],
      { id: '7', notice: { member: { kind: 'none' }, other: { kind: 'every', seconds: 9 } } },
    ],
  ])('are %s', (_, words, input) => {
    expect(read(...words).input).toEqual(input);
  });

  it('say against which version a change is made, and how the answer is wanted', () => {
    expect(read('7')).toMatchObject({ basis: null, json: false, output: undefined });
    expect(read('7', '--basis', '12', '--json', '--output', 'x')).toMatchObject({ basis: 12, json: true, output: 'x' });
  });

  it('name the secrets that are to be typed, and the files that are to be read', () => {
    const { asked, files, input } = read('7', '--password', '--present-file', 'p', '--key-file', '-');
    expect(asked.map(({ option }) => option)).toEqual(['password']);
    expect(files.map(({ field, path }) => [field.option, path])).toEqual([
      ['present', 'p'],
      ['key', '-'],
    ]);
    expect(input).toEqual({ id: '7' });
  });

  it.each([[['7', '--token', 'generate', '--is-open']], [['7', '--is-open', '--token=generate']]])(
    'let the box make a secret: %j',
    (words) => {
      expect(read(...words)).toMatchObject({ input: { id: '7', token: 'generate', isOpen: true }, asked: [] });
    },
  );

  it.each([
    [
      'a secret that happens to be such a word where the box makes none',
      ['7', '--password', 'generate'],
      'client.secretInWords',
    ],
    ['a secret in the place of one that the box can make', ['7', '--token', 'hunter2'], 'client.secretInWords'],
    ['a secret', ['7', '--password', 'hunter2'], 'client.secretInWords'],
    ['a secret joined to its name', ['7', '--password=hunter2'], 'client.secretInWords'],
    ['a key', ['7', '--key', 'PEM'], 'client.secretInWords'],
    ['something with a secret in it', ['7', '--trunks', '[{"password":"hunter2"}]'], 'client.secretInWords'],
    ['JSON that is none', ['7', '--notice', '{kind:none}'], 'client.notJson'],
    ['no version', ['7', '--basis', 'x'], 'client.notVersion'],
    ['a word too many', ['7', '8'], 'command.notUnderstood'],
    ['an option that nobody knows', ['7', '--colour', 'red'], 'command.notUnderstood'],
    ['no part of the path', [], 'client.placeMissing'],
  ])('are refused where there is %s', (_, words, code) => {
    expect(complaint(...words)).toBe(code);
  });

  it('are refused where a field is missing that has to be there', () => {
    const input = z.strictObject({ id: z.string(), name: z.string(), password: secret(z.string().max(9)) });
    const needing = usageOf({ ...usage.operation, input });
    expect(() => readArguments(needing, ['7'], 'en')).toThrow('client.optionMissing');
    expect(readArguments(needing, ['7', '--name', 'x'], 'en').asked.map(({ option }) => option)).toEqual(['password']);
  });
});

it('says of which secrets the box makes one', () => {
  expect(verbHelp(usageNamed('extensions set'), 'en')).toMatch(/--password .*“generate” lets the box make one/);
  expect(verbHelp(usageNamed('pins set'), 'en')).not.toContain('generate');
});

it('says of what has to be given how to give nothing', () => {
  const [head] = verbHelp(usageNamed('agreement propose'), 'en').split('\n');
  expect(head).toContain('(--periods JSON | --no-periods)');
  expect(head).toContain(' --quota JSON ');
  expect(verbHelp(usageNamed('periods announce'), 'en')).not.toContain('--no-members');
});

it('speaks German in the help, too', () => {
  const help = verbHelp(usage, 'de');
  expect(help.split('\n')[0]).toBe('Aufruf: modcall notes set ID […]');
  expect(help).toContain('--ring-seconds ZAHL');
  expect(help).toContain('--output DATEI');
  const extension = verbHelp(usageNamed('extensions remove'), 'de');
  expect(extension).toContain('modcall extensions remove NUMMER');
});

/** The names of the fields that a schema has anywhere in it. */
function namesIn(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as JsonSchema;
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(namesIn)];
}

describe.each(operations.map((operation) => [operation.name, usageOf(operation)] as const))('%s', (_, each) => {
  test('is a noun and a verb, with fields that no option of the command line’s own stands in the way of', () => {
    expect([each.noun, each.verb].join(' ')).toBe(each.operation.name);
    expect([each.noun, each.verb].every((word) => /^[a-z]+(?:-[a-z]+)*$/.test(word))).toBe(true);
    expect(each.options.map(({ option }) => option).filter((option) => ownOptions.includes(option))).toEqual([]);
    const names = [...each.places, ...each.options].map(({ option }) => option);
    expect(new Set(names).size).toBe(names.length);
  });

  test('tells how it is used, in both languages', () => {
    for (const language of ['de', 'en'] as const) {
      const help = verbHelp(each, language);
      expect(help).toContain(each.operation.about[language]);
      for (const { option } of each.options) expect(help).toContain(`--${option}`);
    }
  });

  test('has words for all that it takes and answers with', () => {
    const { input, output } = each.operation;
    const names = [input, output].flatMap((schema, at) => namesIn(jsonSchema(schema, at === 0 ? 'input' : 'output')));
    expect(names.filter((name) => !hasText(`field.${name}`))).toEqual([]);
  });
});

test('the help for the import of a table names its columns', () => {
  for (const language of ['de', 'en'] as const) {
    const help = verbHelp(usageNamed('extensions import'), language);
    for (const column of ['number', 'name', 'consents', 'language', 'password']) expect(help).toContain(` ${column}`);
  }
});
