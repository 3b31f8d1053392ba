import { expect, test } from 'vitest';
import { extensionSchema } from '../../../src/store/settings/settings-schema.js';
import { checked } from '../../../src/web/input/checked.js';

const faultsOf = (input: unknown) => {
  try {
    checked(extensionSchema, input, 'en');
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
  expect(faultsOf(input)).toEqual([
    { path: ['colour'], code: 'unrecognized_keys', text: expect.stringMatching(/colour/) },
  ]);
});
