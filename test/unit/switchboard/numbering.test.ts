import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Country } from '../../../src/primitives/country.js';
import { readNumber } from '../../../src/primitives/number-text.js';
import {
  emergencyNumber,
  isKnowable,
  isSameNumber,
  leadsToEmergency,
  reaches,
} from '../../../src/switchboard/numbering.js';

describe('the number in a text', () => {
  test.each([
    ['+4989555111', '+4989555111'],
    ['+49-89-555.111', '+4989555111'],
    ['+49 (89) 555 111', '+4989555111'],
    ['089/555111', '089555111'],
    ['4989555111;npdi', '4989555111'],
    ['+4989555111;npdi;rn=+4930', '+4989555111'],
    ['+4989555111;isub=12', '+4989555111'],
    ['555111;phone-context=+49-89', '+4989555111'],
    ['*55;phone-context=office.example', '*55'],
    ['#31#089555111', '#31#089555111'],
  ])('%j is %j', (text, number) => {
    expect(readNumber(text)).toBe(number);
  });

  test.each(['', 'anna', '+', '+49+89', 'anonymous', '0049x', '1'.repeat(33), ';npdi', '٠١٢'])(
    '%j has none',
    (text) => {
      expect(readNumber(text)).toBeNull();
    },
  );

  test('is dialable whatever the text is', () => {
    fc.assert(fc.property(fc.string(), (text) => /^\+?[0-9*#]+$/.test(readNumber(text) ?? '1')));
  });
});

describe('an excluded number', () => {
  const doctor = '+4989555111';
  test.each([
    '+4989555111',
    '004989555111',
    '4989555111',
    '089555111',
    '89555111',
    '555111',
    '01013089555111',
    '010130049895551110',
    '010088089555111',
    '*31#089555111',
    '0895551110',
    '5551119',
    '01013555111',
  ])('is reached by %s', (number) => {
    for (const excluded of [doctor, '089555111', '004989555111', '4989555111'])
      expect(reaches('de', number, excluded), excluded).toBe(true);
  });

  test.each(['+4989555112', '089555', '030555111', '55511', '110', ''])('is not reached by %j', (number) => {
    expect(reaches('de', number, doctor)).toBe(false);
  });

  test.each([
    ['3412', '+49893412'],
    ['341', '089341'],
    ['*31#3412', '+49893412'],
    ['010133412', '+49893412'],
    ['34129', '+49893412'],
  ])('in its own area is reached by %s, the short number of %s', (number, excluded) => {
    expect(reaches('de', number, excluded)).toBe(true);
  });

  test.each([
    ['034112345', '+4989341'],
    ['4934112345', '+49893493'],
    ['+34112345678', '+4989341'],
    ['41', '+4989341'],
    ['3413', '+49893412'],
  ])('is not reached by %s, which has an area code or other digits than %s', (number, excluded) => {
    expect(reaches('de', number, excluded)).toBe(false);
  });

  test('in a country whose local numbers have seven digits is not taken for a whole area code', () => {
    expect(reaches('us', '2125550100', '+13055559212')).toBe(false);
    expect(reaches('us', '5559212', '+13055559212')).toBe(true);
  });

  test.each<readonly [Country, string, string]>([
    ['gb', '+442079555000', '02079555000'],
    ['gb', '14102079555000', '+442079555000'],
    ['gb', '1889902079555000', '02079555000'],
    ['us', '12125550100', '+12125550100'],
    ['us', '*6712125550100', '2125550100'],
    ['us', '101028812125550100', '+12125550100'],
    ['us', '011442079555000', '+442079555000'],
    ['de', '00442079555000', '+442079555000'],
  ])('in %s, %s reaches %s', (country, number, excluded) => {
    expect(reaches(country, number, excluded)).toBe(true);
  });

  const numbers = fc.stringMatching(/^[1-9][0-9]{6,10}$/);
  const written = [
    (national: string) => `0${national}`,
    (national: string) => `+49${national}`,
    (national: string) => `0049${national}`,
    (national: string) => `01013${`0${national}`}`,
    (national: string) => `*31#0${national}`,
  ];
  test('is the same in every form, with and without a digit after it', () => {
    fc.assert(
      fc.property(
        numbers,
        fc.nat(4),
        fc.nat(1),
        fc.stringMatching(/^[0-9]{0,2}$/),
        (national, form, entered, after) => {
          const excluded = written[entered]?.(national) ?? '';
          expect(reaches('de', `${written[form]?.(national)}${after}`, excluded)).toBe(true);
        },
      ),
    );
  });

  test('cannot be told from codes of the network', () => {
    expect(['**701', '*99', '#1', ''].map((number) => isKnowable('de', number))).toEqual([false, false, false, false]);
    expect(['*31#0301', '+49301', '0301'].map((number) => isKnowable('de', number))).toEqual([true, true, true]);
  });
});

test.each([
  ['4930123499', true],
  ['+4930123499', true],
  ['004930123499', true],
  ['030123499', true],
  ['0301234999', false],
  ['123499', false],
  ['', false],
])('a number of one’s own is called as %j: %s', (number, isIt) => {
  expect(isSameNumber('de', number, '4930123499')).toBe(isIt);
  expect(isSameNumber('de', number, '+4930123499')).toBe(isIt);
});

test('emergency numbers are recognised after a code that withholds the own number', () => {
  expect(['112', '*31#112', '#31#110', '1120'].map((number) => emergencyNumber('de', number))).toEqual([
    '112',
    '112',
    '110',
    null,
  ]);
});

test.each([
  ['de', '112', ['112#', '+112', '+49112', '+49112#', '*31#112#']],
  ['gb', '999', ['141999', '1470999', '+44999']],
  ['us', '911', ['*67911', '*82911', '+1911', '911#']],
] as const)('in %s, %s is dialled in many forms', (country, number, forms) => {
  expect(forms.map((form) => emergencyNumber(country, form))).toEqual(forms.map(() => number));
});

test('where nobody has chosen the country, what is an emergency number anywhere is one, and no number is known by its digits', () => {
  const dialled = ['112', '110', '911', '999', '+112', '*31#112', '141999', '*67911', '112#'];
  expect(dialled.filter((number) => emergencyNumber('unknown', number) === null)).toEqual([]);
  expect(['1120', '9112', '101'].map((number) => emergencyNumber('unknown', number))).toEqual([null, null, null]);
  expect(isKnowable('unknown', '+4989555111')).toBe(false);
});

test('a longer number, or one with digits before it, is not dialled as an emergency number, but may be one behind another exchange', () => {
  expect(['1120', '49112', '9112'].map((number) => emergencyNumber('de', number))).toEqual([null, null, null]);
  expect(['0112', '0049112', '112'].map((number) => leadsToEmergency('de', number))).toEqual([true, true, true]);
  expect(['01123', '0301123456', '1129'].map((number) => leadsToEmergency('de', number))).toEqual([
    false,
    false,
    false,
  ]);
});
