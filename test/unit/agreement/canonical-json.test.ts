import { expect, test } from 'vitest';
import { canonicalJson } from '../../../src/agreement/canonical-json.js';

test('the example of RFC 8785, 3.2.2, gives the text of 3.2.3', () => {
  const example = `{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
    "literals": [null, true, false]
  }`;
  expect(canonicalJson(JSON.parse(example))).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test('keys stand in the order of their UTF-16 code units, numbers among them, too', () => {
  const example = {
    '\u20ac': 1,
    '\r': 2,
    '\ufb33': 3,
    '1': 4,
    '\u{1f600}': 5,
    '\u0080': 6,
    '\u00f6': 7,
    '10': 8,
    '2': 9,
  };
  expect([...canonicalJson(example).matchAll(/:(\d)/g)].map(([, value]) => Number(value))).toEqual([
    2, 4, 8, 9, 6, 7, 1, 5, 3,
  ]);
});

test('what is no JSON, or no Unicode, has no canonical form', () => {
  for (const value of [undefined, Number.NaN, '\ud800', { '\udc00': 1 }, [undefined], () => 1])
    expect(() => canonicalJson(value)).toThrow(TypeError);
});
