import type { PlainFaultCode } from '../../locales/codes.js';
import type { Country } from '../../primitives/country.js';
import { featureDialled, givesWay } from '../../switchboard/feature-codes.js';
import { isEmergencyNumber } from '../../switchboard/numbering.js';
import { pathText } from '../files/file-faults.js';
import { keysInClear } from './encryption-checks.js';
import { phoneFaults } from './phone-checks.js';
import { saltOf } from './pins.js';
import { leadsToBox } from './receiver-address.js';
import type { Fault } from './settings-faults.js';
import { minuteOfDay } from './settings-rules.js';
import { countries } from './settings-schema.js';
import { each, type Placed, SoundParts } from './sound-parts.js';

/**
 * Faults that no single value shows: dangling references, numbers used twice, numbers that catch others. For a file with faults of shape,
 * only those that hold whatever the misshapen parts were meant to be.
 */
export function crossCheck(raw: unknown, shapeFaults: readonly Fault[]): Fault[] {
  const parts = new SoundParts(raw, shapeFaults);
  return [
    ...duplicates(parts),
    ...deadReferences(parts),
    ...clashes(parts),
    ...windowFaults(parts),
    ...pinFaults(parts),
    ...webhookFaults(parts),
    ...webFaults(parts),
    ...phoneFaults(parts),
    ...keysInClear(parts, shapeFaults),
    ...overflowFaults(parts),
  ];
}

/** Each of these values may occur once within its line of the table. */
function duplicates(parts: SoundParts): Fault[] {
  return [
    parts.texts('groups', each, 'id'),
    parts.texts('trunks', each, 'id'),
    parts.texts('profiles', each, 'id'),
    parts.texts('webhooks', each, 'id'),
    parts.texts('phones', each, 'id'),
    parts.texts('phones', each, 'secret'),
    internalNumbers(parts),
    outsideNumbers(parts),
    // Only one device is connected to each port of the board.
    [...parts.texts('analogPhones', each, 'fxs'), ...parts.texts('trunks', each, 'fxo')],
    parts.texts('sip', 'transports', each),
    parts.texts('sip', 'digest', each),
    parts.texts('exclusions', 'extensions', each),
    parts.texts('exclusions', 'numbers', each),
    ...inEach(parts.texts('groups', each, 'members', each)),
    ...inEach(parts.texts('profiles', each, 'interventions', each)),
    ...inEach(parts.texts('webhooks', each, 'events', each)),
    ...inEach(parts.texts('phones', each, 'extensions', each)),
  ].flatMap((list) => repeated(list, 'settings.fault.duplicate'));
}

/** By the entry in which they occur. */
function inEach(texts: readonly Placed[]): readonly (readonly Placed[])[] {
  const lists = new Map<string, Placed[]>();
  for (const text of texts) {
    const entry = pathText(text.path.slice(0, 2));
    lists.set(entry, [...(lists.get(entry) ?? []), text]);
  }
  return [...lists.values()];
}

/** Service numbers that are reached from outside, and numbers at which somebody is rung: each is one number of one trunk. */
function outsideNumbers(parts: SoundParts): readonly Placed[] {
  const of = ({ path, value }: Placed, trunk: string | undefined): readonly Placed[] =>
    trunk === undefined ? [] : [{ path, value: `${trunk} ${value}` }];
  return [
    ...parts
      .texts('profiles', each, 'external', 'number')
      .flatMap((placed) => of(placed, parts.text([...placed.path.slice(0, -1), 'trunk']))),
    ...parts
      .texts('trunks', each, 'numbers', each, 'number')
      .flatMap((placed) => of(placed, parts.text([...placed.path.slice(0, 2), 'id']))),
  ];
}

/** Everything that extensions dial inside the box: extensions, groups and service numbers share one number space. */
function internalNumbers(parts: SoundParts): readonly Placed[] {
  return [
    ...parts.texts('extensions', each, 'number'),
    ...parts.texts('groups', each, 'number'),
    ...parts.texts('profiles', each, 'service'),
  ];
}

function repeated(list: readonly Placed[], code: 'settings.fault.duplicate' | 'settings.fault.samePin'): Fault[] {
  const first = new Map<string, Placed>();
  return list.flatMap((entry) => {
    const earlier = first.get(entry.value);
    if (earlier) return [{ path: entry.path, code, params: { other: pathText(earlier.path) } }];
    first.set(entry.value, entry);
    return [];
  });
}

function deadReferences(parts: SoundParts): Fault[] {
  return [
    ...missing(parts, ['extensions', 'number'], 'settings.fault.unknownExtension', [
      ...parts.texts('groups', each, 'members', each),
      ...parts.texts('exclusions', 'extensions', each),
      ...parts.texts('analogPhones', each, 'extension'),
      ...parts.texts('phones', each, 'extensions', each),
      ...parts.texts('phones', each, 'buttons', each, 'extension'),
      ...parts.texts('trunks', each, 'inbound', 'extension'),
      ...parts.texts('trunks', each, 'numbers', each, 'to', 'extension'),
    ]),
    ...missing(parts, ['groups', 'id'], 'settings.fault.unknownGroup', [
      ...parts.texts('profiles', each, 'moderators'),
      ...parts.texts('profiles', each, 'members'),
      ...parts.texts('trunks', each, 'inbound', 'group'),
      ...parts.texts('trunks', each, 'numbers', each, 'to', 'group'),
    ]),
    ...missing(
      parts,
      ['trunks', 'id'],
      'settings.fault.unknownTrunk',
      parts.texts('profiles', each, 'external', 'trunk'),
    ),
    ...missing(
      parts,
      ['profiles', 'id'],
      'settings.fault.unknownProfile',
      parts.texts('phones', each, 'buttons', each, 'profile'),
    ),
  ];
}

/** The misshapen entry of the list may be the very one that is referred to. */
function missing(
  parts: SoundParts,
  [list, key]: readonly [string, string],
  code: PlainFaultCode,
  references: readonly Placed[],
): Fault[] {
  if (!parts.isComplete(list, key)) return [];
  const known = new Set(parts.texts(list, each, key).map(({ value }) => value));
  return references.filter(({ value }) => !known.has(value)).map(({ path }) => ({ path, code }));
}

function countryOf(parts: SoundParts): Country | undefined {
  const named = parts.text(['country']);
  return countries.find((candidate) => candidate === named);
}

/** The dial plan looks for emergency numbers with and without a trunk's prefix; so does this. */
function clashes(parts: SoundParts): Fault[] {
  const country = countryOf(parts);
  const prefixes = parts.texts('trunks', each, 'prefix').flatMap(({ value }) => (value === '' ? [] : [value]));
  return internalNumbers(parts).flatMap((number) => clashOf(number, prefixes, country));
}

function clashOf({ path, value }: Placed, allPrefixes: readonly string[], country: Country | undefined): Fault[] {
  const prefixes = allPrefixes.filter((prefix) => value.startsWith(prefix));
  const emergency = ['', ...prefixes]
    .map((prefix) => value.slice(prefix.length))
    .find((number) => country !== undefined && isEmergencyNumber(country, number));
  if (emergency !== undefined) return [{ path, code: 'settings.fault.emergencyClash', params: { number: emergency } }];
  const feature = featureDialled(value);
  if (feature && !givesWay(feature)) return [{ path, code: 'settings.fault.featureClash' }];
  return prefixes.slice(0, 1).map((prefix) => ({ path, code: 'settings.fault.prefixClash', params: { prefix } }));
}

/** A call that nobody answers goes on to people, and not round and round: no service, code or emergency number, nor the group itself. */
function overflowFaults(parts: SoundParts): Fault[] {
  const services = new Set(parts.texts('profiles', each, 'service').map(({ value }) => value));
  const country = countryOf(parts);
  return parts.texts('groups', each, 'overflow', 'number').flatMap(({ path, value }): Fault[] => {
    const own = parts.text([...path.slice(0, -2), 'number']);
    const isEmergency = country !== undefined && isEmergencyNumber(country, value);
    const isWrong = value === own || services.has(value) || featureDialled(value) !== undefined || isEmergency;
    return isWrong ? [{ path, code: 'settings.fault.overflowNowhere' }] : [];
  });
}

function windowFaults(parts: SoundParts): Fault[] {
  return parts.texts('profiles', each, 'windows', each, 'to').flatMap(({ path, value }): Fault[] => {
    const from = parts.text([...path.slice(0, -1), 'from']);
    if (from === undefined || minuteOfDay(from) < minuteOfDay(value)) return [];
    return [{ path, code: 'settings.fault.windowOrder', params: { from } }];
  });
}

/** PINs of one box share a salt, so that one slow hash tells whose a PIN is; equal hashes are equal PINs. */
function pinFaults(parts: SoundParts): Fault[] {
  const pins = parts.texts('extensions', each, 'pin');
  const first = pins[0];
  const foreign = pins.filter(({ value }) => first !== undefined && saltOf(value) !== saltOf(first.value));
  return [
    ...repeated(pins, 'settings.fault.samePin'),
    ...foreign.map(({ path }) => ({
      path,
      code: 'settings.fault.foreignPin' as const,
      params: { other: pathText(first?.path ?? []) },
    })),
  ];
}

/** What is meant for the network is not sent to the box, where something else may take it. */
function webhookFaults(parts: SoundParts): Fault[] {
  return parts.texts('webhooks', each, 'url').flatMap(({ path, value }): Fault[] => {
    const place = parts.text([...path.slice(0, -1), 'place']) ?? 'network';
    return place === 'network' && leadsToBox(value) ? [{ path, code: 'settings.fault.webhookOnBox' }] : [];
  });
}

/** What leaves the machine in clear would tell passwords to whoever listens on the network. */
function webFaults(parts: SoundParts): Fault[] {
  if (parts.flag(['web', 'encrypted']) !== false) return [];
  const address = parts.text(['web', 'address']) ?? '0.0.0.0';
  return address.startsWith('127.') ? [] : [{ path: ['web', 'encrypted'], code: 'settings.fault.webInClear' }];
}
