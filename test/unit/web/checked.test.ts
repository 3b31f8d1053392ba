import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Language } from '../../../src/primitives/language.js';
import { object } from '../../../src/store/files/file-faults.js';
import { extensionSchema } from '../../../src/store/settings/settings-schema.js';
import { checked } from '../../../src/web/input/checked.js';

const faultsOf = (input: unknown, schema: z.ZodType = extensionSchema, language: Language = 'en') => {
  try {
    checked(schema, input, language);
  } catch (error) {
    return Object(error).facts.faults;
  }
};

test('a mistake that the settings have words for is reported by its code and those words', () => {
  expect(faultsOf({ number: '1', name: 'Anna', password: 'a long password' })).toEqual([
    {
      path: ['number'],
      code: 'settings.fault.extensionNumber',
      text: 'is not an extension number',
      remedy: 'Write 2 to 8 digits in quotes, such as "101".',
    },
  ]);
});

test('an unknown field is reported in words, too', () => {
  const input = { number: '101', name: 'Anna', password: 'a long password', colour: 'red' };
  expect(faultsOf(input)).toEqual([{ path: ['colour'], code: 'input.unknown', text: 'does not belong here' }]);
});

test.each<readonly [string, z.ZodType, unknown, string, string]>([
  ['nothing', z.string(), undefined, 'input.missing', 'fehlt'],
  ['nothing of a choice', z.enum(['a', 'b']), undefined, 'input.missing', 'fehlt'],
  ['a number', z.string(), 1, 'input.text', 'ist kein Text'],
  ['a text', z.number(), 'x', 'input.number', 'ist keine Zahl'],
  ['a fraction', z.int(), 1.5, 'input.whole', 'ist keine ganze Zahl'],
  ['another word', z.boolean(), 'yes', 'input.flag', 'ist weder true noch false'],
  ['a group', z.array(z.string()), {}, 'input.list', 'ist keine Liste'],
  ['null', z.strictObject({}), null, 'input.group', 'ist keine Gruppe von Feldern'],
  ['an empty text', z.string().min(1), '', 'input.short', 'ist leer'],
  ['a short text', z.string().min(3), 'x', 'input.short', 'hat weniger als 3 Zeichen'],
  ['a long text', z.string().max(3), 'xxxx', 'input.long', 'hat mehr als 3 Zeichen'],
  ['a small number', z.int().min(3), 2, 'input.small', 'ist kleiner als 3'],
  ['a large number', z.int().max(3), 4, 'input.large', 'ist größer als 3'],
  ['an empty list', z.array(z.string()).min(1), [], 'input.few', 'hat zu wenige Einträge: mindestens 1'],
  ['a long list', z.array(z.string()).max(1), ['a', 'b'], 'input.many', 'hat zu viele Einträge: höchstens 1'],
  ['no time', z.iso.datetime(), 'today', 'input.moment', 'ist keine Zeit wie 2026-03-04T12:00:00Z'],
  ['another form', z.string().regex(/^a$/), 'b', 'input.form', 'ist nicht so geschrieben, wie es sein muss'],
  ['no choice', z.enum(['a', 'b']), 'c', 'input.choice', 'ist keines von: a, b'],
  ['none of several', z.union([z.int(), z.null()]), 'c', 'input.other', 'ist nicht das, was hierher gehört'],
])('%s is told by code and in the language asked for', (_, field, value, code, text) => {
  expect(faultsOf({ field: value }, z.strictObject({ field }), 'de')).toMatchObject([{ path: ['field'], code, text }]);
});

test('what is not the group of keys that it has to be is told with these keys', () => {
  try {
    checked(object({ member: z.string(), other: z.string() }), 'none', 'en');
    expect.unreachable();
  } catch (error) {
    expect(Object(error).facts.faults).toEqual([
      {
        path: [],
        code: 'fault.json.group',
        text: 'is not a group of keys in braces',
        remedy: 'Write { … } with what belongs here: "member" and "other".',
      },
    ]);
  }
});
