import { describe, expect, test } from 'vitest';
import type { Country } from '../../../src/primitives/country.js';
import { extensionNumber, trunkId } from '../../../src/primitives/ids.js';
import type { Origin, Route } from '../../../src/switchboard/dial-plan.js';
import { emergencyNumbersAsDialled, isComplete, route } from '../../../src/switchboard/dial-plan.js';
import type { Directory, InboundTarget } from '../../../src/switchboard/directory.js';
import { isEmergencyNumber } from '../../../src/switchboard/numbering.js';
import { anna, cara, city, inside, mobile, office, outside, spare, support, supportProfile } from './office.js';

const fromAnna = inside(anna);
const allTrunks = [city, spare, mobile];

const cases: readonly (readonly [string, Origin, string, Route])[] = [
  ['an extension', fromAnna, '102', { kind: 'extension', number: extensionNumber('102') }],
  ['a group', fromAnna, '600', { kind: 'group', group: support }],
  ['the code for help', fromAnna, '*9', { kind: 'feature', feature: { kind: 'help', refusal: 'nobody-can-help' } }],
  ['a service number', fromAnna, '*90', { kind: 'service', profile: supportProfile }],
  [
    'a trunk by its prefix, which is not sent',
    fromAnna,
    '030777',
    { kind: 'trunk', trunks: [city, spare], number: '30777' },
  ],
  ['the trunk of the longest prefix', fromAnna, '017055', { kind: 'trunk', trunks: [mobile], number: '7055' }],
  ['nowhere with a prefix alone', fromAnna, '0', { kind: 'none', cause: 'incomplete' }],
  ['nowhere with the longest prefix alone', fromAnna, '01', { kind: 'none', cause: 'incomplete' }],
  ['nowhere without a prefix', fromAnna, '777', { kind: 'none', cause: 'notFound' }],
  ['nowhere with nothing dialled', fromAnna, '', { kind: 'none', cause: 'notFound' }],
  ['nowhere with half an extension', fromAnna, '10', { kind: 'none', cause: 'notFound' }],
  ['emergency', fromAnna, '112', { kind: 'emergency', trunks: allTrunks, number: '112' }],
  ['emergency behind a prefix', fromAnna, '0110', { kind: 'emergency', trunks: allTrunks, number: '110' }],
  ['emergency behind the longest prefix', fromAnna, '01112', { kind: 'emergency', trunks: allTrunks, number: '112' }],
  ['no emergency of another country', fromAnna, '911', { kind: 'none', cause: 'notFound' }],
  ['no emergency in a longer number', fromAnna, '01123', { kind: 'trunk', trunks: [mobile], number: '123' }],
  ['the trunk’s inbound target', outside(city), '4930555', { kind: 'group', group: support }],
  ['a service number of that trunk', outside(city), '493055590', { kind: 'service', profile: supportProfile }],
  ['no service number of another trunk', outside(spare), '493055590', { kind: 'group', group: support }],
  ['no inside service number from outside', outside(city), '*90', { kind: 'group', group: support }],
  ['no trunk from outside, whatever is dialled', outside(city), '0049', { kind: 'group', group: support }],
  ['nowhere from an unknown trunk', outside(trunkId('gone')), '101', { kind: 'none', cause: 'notFound' }],
];

describe('the dial plan leads to', () => {
  test.each(cases)('%s', (_, origin, dialled, expected) => {
    expect(route(office, origin, dialled)).toEqual(expected);
  });

  test('the inbound extension of a trunk', () => {
    const inbound = { kind: 'extension', number: anna } as const;
    const directory = { ...office, trunks: office.trunks.map((trunk) => ({ ...trunk, inbound })) };
    expect(route(directory, outside(city), '4930555')).toEqual(inbound);
  });
});

describe('emergency numbers', () => {
  test.each<readonly [Country, readonly string[]]>([
    ['de', ['110', '112']],
    ['gb', ['999', '112']],
    ['us', ['911']],
  ])('of %s are %s', (country, numbers) => {
    const all = ['110', '112', '911', '999'];
    expect(all.filter((number) => isEmergencyNumber(country, number))).toEqual(
      all.filter((number) => numbers.includes(number)),
    );
  });

  test('go before an extension, a group and a service of the same number', () => {
    const number = extensionNumber('112');
    const directory: Directory = {
      ...office,
      extensions: new Map([[number, { number, name: 'Odd' }]]),
      services: [{ number, profile: supportProfile, from: { kind: 'extensions' } }],
    };
    expect(route(directory, fromAnna, '112').kind).toBe('emergency');
  });

  test('are known even where there is no trunk', () => {
    expect(route({ ...office, trunks: [] }, fromAnna, '112')).toEqual({ kind: 'emergency', trunks: [], number: '112' });
  });
});

describe('a code for the own number before the prefix of a trunk', () => {
  test.each(['#31#0112', '*31#0112', '#31#0112#', '0#31#112', '#31#01110'])(
    '%s goes to the emergency services',
    (dialled) => {
      const number = dialled.includes('112') ? '112' : '110';
      expect(route(office, fromAnna, dialled)).toMatchObject({ kind: 'emergency', number });
      expect(emergencyNumbersAsDialled(office)).toContain(dialled);
      expect(isComplete(office, dialled)).toBe(true);
    },
  );

  test.each([
    ['#31#0030777', '#31#030777', [city, spare]],
    ['*31#01170', '*31#170', [mobile]],
    ['0#31#030777', '#31#030777', [city, spare]],
  ])('%s goes out as %s', (dialled, number, trunks) => {
    expect(route(office, fromAnna, dialled)).toEqual({ kind: 'trunk', trunks, number });
  });

  test.each(['#31#777', '#31#', '#31#0'])('%s goes nowhere', (dialled) => {
    expect(route(office, fromAnna, dialled)).toEqual({ kind: 'none', cause: 'notFound' });
  });
});

describe('a number is complete', () => {
  test.each([
    ['an extension', '101', true],
    ['a group', '600', true],
    ['a service number', '*90', true],
    ['an emergency number', '112', true],
    ['an emergency number behind a prefix', '0112', true],
    ['half an extension', '10', false],
    ['nothing', '', false],
    ['an outside number', '030777', false],
    ['a number that is none', '777', false],
  ])('%s: %s', (_, number, expected) => {
    expect(isComplete(office, number)).toBe(expected);
  });

  test('not while another one goes on from it', () => {
    const longer = { number: extensionNumber('1012'), name: 'Zoe' };
    const grown: Directory = { ...office, extensions: new Map([...office.extensions, [longer.number, longer]]) };
    expect([isComplete(grown, '101'), isComplete(grown, '1012')]).toEqual([false, true]);
    const [first] = office.trunks;
    const open: Directory = { ...office, trunks: first ? [{ ...first, prefix: '' }] : [] };
    expect([isComplete(open, '101'), isComplete(open, '112')]).toEqual([false, true]);
  });
});

describe('a trunk with numbers of its own', () => {
  const own = (number: string, to: InboundTarget) => ({ number, to });
  const numbers = [
    own('+493055510', { kind: 'extension', number: anna }),
    own('03055520', { kind: 'group', group: support }),
    own('11', { kind: 'extension', number: cara }),
  ];
  const trunks = office.trunks.map((trunk) => (trunk.id === city ? { ...trunk, numbers } : trunk));
  const directory: Directory = { ...office, trunks };
  const called = (dialled: string, also: readonly string[] = []) =>
    route(directory, { kind: 'trunk', trunk: city }, dialled, also);

  test.each(['+493055510', '493055510', '03055510', '3055510', '00493055510'])(
    'rings who has the number, in whichever form it is written: %s',
    (dialled) => expect(called(dialled)).toEqual({ kind: 'extension', number: anna }),
  );

  test('rings groups, goes by the other numbers that a call names, and by short ones that are just the same', () => {
    expect(called('+493055520')).toEqual({ kind: 'group', group: support });
    expect(called('sip', ['+493055510'])).toEqual({ kind: 'extension', number: anna });
    expect(called('11')).toEqual({ kind: 'extension', number: cara });
    expect(called('4930555111')).toEqual({ kind: 'group', group: support });
  });

  test('rings at any other number as ever, and lets service numbers go first', () => {
    expect(called('493055599')).toEqual({ kind: 'group', group: support });
    expect(called('493055590')).toMatchObject({ kind: 'service' });
    expect(route(directory, { kind: 'trunk', trunk: spare }, '493055510')).toEqual({ kind: 'group', group: support });
  });
});

test('a number of the house that is older than the code for help goes before it', () => {
  const service = { number: '*9', profile: supportProfile, from: { kind: 'extensions' } } as const;
  expect(route({ ...office, services: [service] }, fromAnna, '*9')).toEqual({
    kind: 'service',
    profile: supportProfile,
  });
  const groups = new Map([...office.groups].map(([id, group]) => [id, { ...group, number: '*9' }] as const));
  expect(route({ ...office, groups }, fromAnna, '*9')).toMatchObject({ kind: 'group' });
});
