import { isEmergencyNumber } from '../../switchboard/numbering.js';
import { pathText } from '../files/file-faults.js';
import { saltOf } from './pins.js';
import type { Fault } from './settings-faults.js';
import { minuteOfDay } from './settings-rules.js';
import type { Settings } from './settings-schema.js';
import type { FaultName } from './settings-texts.js';

/** A value and where it stands. */
interface Placed {
  readonly path: readonly PropertyKey[];
  readonly value: string;
}

/** Faults that no single value shows: references to nothing, numbers used twice, numbers that catch others. */
export function crossCheck(settings: Settings): Fault[] {
  return [
    ...duplicates(settings),
    ...deadReferences(settings),
    ...internalNumbers(settings).flatMap((number) => clashes(settings, number)),
    ...windowFaults(settings),
    ...pinFaults(settings),
  ];
}

function duplicates(settings: Settings): Fault[] {
  const identifiers = (['groups', 'trunks', 'profiles'] as const).map((list) =>
    settings[list].map(({ id }, index) => ({ path: [list, index, 'id'], value: id })),
  );
  const external = settings.profiles.flatMap((profile, index) =>
    profile.external === null
      ? []
      : [
          {
            path: ['profiles', index, 'external', 'number'],
            value: `${profile.external.trunk} ${profile.external.number}`,
          },
        ],
  );
  return [...identifiers, internalNumbers(settings), external, ports(settings), ...plainLists(settings)].flatMap(
    (list) => repeated(list, 'duplicate'),
  );
}

/** One thing hangs on each port of the board. */
function ports(settings: Settings): Placed[] {
  return [
    ...settings.analogPhones.map(({ fxs }, index) => ({ path: ['analogPhones', index, 'fxs'], value: fxs })),
    ...settings.trunks.flatMap((trunk, index) =>
      trunk.kind === 'analog' ? [{ path: ['trunks', index, 'fxo'], value: trunk.fxo }] : [],
    ),
  ];
}

/** Lists of texts, each of which may stand in its list once. */
function plainLists(settings: Settings): Placed[][] {
  return [
    placed(['sip', 'transports'], settings.sip.transports),
    placed(['sip', 'digest'], settings.sip.digest),
    placed(['exclusions', 'extensions'], settings.exclusions.extensions),
    placed(['exclusions', 'numbers'], settings.exclusions.numbers),
    ...settings.groups.map(({ members }, index) => placed(['groups', index, 'members'], members)),
    ...settings.profiles.map(({ interventions }, index) => placed(['profiles', index, 'interventions'], interventions)),
  ];
}

function placed(path: readonly PropertyKey[], values: readonly string[]): Placed[] {
  return values.map((value, index) => ({ path: [...path, index], value }));
}

/** Everything that extensions dial inside the box: extensions, groups and service numbers share one number space. */
function internalNumbers(settings: Settings): Placed[] {
  return [
    ...settings.extensions.map(({ number }, index) => ({ path: ['extensions', index, 'number'], value: number })),
    ...settings.groups.flatMap(({ number }, index) =>
      number === null ? [] : [{ path: ['groups', index, 'number'], value: number }],
    ),
    ...settings.profiles.map(({ service }, index) => ({ path: ['profiles', index, 'service'], value: service })),
  ];
}

function repeated(list: readonly Placed[], name: FaultName): Fault[] {
  const first = new Map<string, Placed>();
  return list.flatMap((entry) => {
    const earlier = first.get(entry.value);
    if (earlier) return [{ path: entry.path, name, detail: pathText(earlier.path) }];
    first.set(entry.value, entry);
    return [];
  });
}

function deadReferences(settings: Settings): Fault[] {
  const extensions = new Set(settings.extensions.map(({ number }) => number));
  const groups = new Set(settings.groups.map(({ id }) => id));
  const trunks = new Set(settings.trunks.map(({ id }) => id));
  const inbound = settings.trunks.map(({ inbound }, index) => ({ path: ['trunks', index, 'inbound'], inbound }));
  return [
    ...missing(
      [
        ...settings.groups.flatMap(({ members }, index) => placed(['groups', index, 'members'], members)),
        ...placed(['exclusions', 'extensions'], settings.exclusions.extensions),
        ...settings.analogPhones.map(({ extension }, index) => ({
          path: ['analogPhones', index, 'extension'],
          value: extension,
        })),
        ...inbound.flatMap(({ path, inbound }) =>
          'extension' in inbound ? [{ path: [...path, 'extension'], value: inbound.extension }] : [],
        ),
      ],
      extensions,
      'unknownExtension',
    ),
    ...missing(
      [
        ...settings.profiles.flatMap(({ moderators, members }, index) => [
          { path: ['profiles', index, 'moderators'], value: moderators },
          { path: ['profiles', index, 'members'], value: members },
        ]),
        ...inbound.flatMap(({ path, inbound }) =>
          'group' in inbound ? [{ path: [...path, 'group'], value: inbound.group }] : [],
        ),
      ],
      groups,
      'unknownGroup',
    ),
    ...missing(
      settings.profiles.flatMap(({ external }, index) =>
        external === null ? [] : [{ path: ['profiles', index, 'external', 'trunk'], value: external.trunk }],
      ),
      trunks,
      'unknownTrunk',
    ),
  ];
}

function missing(references: readonly Placed[], known: ReadonlySet<string>, name: FaultName): Fault[] {
  return references.filter(({ value }) => !known.has(value)).map(({ path }) => ({ path, name, detail: '' }));
}

/** The dial plan looks for emergency numbers with and without a trunk's prefix; so does this. */
function clashes(settings: Settings, { path, value }: Placed): Fault[] {
  const prefixes = settings.trunks
    .map(({ prefix }) => prefix)
    .filter((prefix) => prefix !== '' && value.startsWith(prefix));
  const emergency = ['', ...prefixes]
    .map((prefix) => value.slice(prefix.length))
    .find((number) => isEmergencyNumber(settings.country, number));
  if (emergency !== undefined) return [{ path, name: 'emergencyClash', detail: emergency }];
  return prefixes.slice(0, 1).map((prefix) => ({ path, name: 'prefixClash', detail: prefix }));
}

function windowFaults(settings: Settings): Fault[] {
  return settings.profiles.flatMap(({ windows }, profile) =>
    windows.flatMap(({ from, to }, window) =>
      minuteOfDay(from) < minuteOfDay(to)
        ? []
        : [{ path: ['profiles', profile, 'windows', window, 'to'], name: 'windowOrder' as const, detail: from }],
    ),
  );
}

/** PINs of one box share a salt, so that one slow hash tells whose a PIN is; equal hashes are equal PINs. */
function pinFaults(settings: Settings): Fault[] {
  const pins = settings.extensions.flatMap(({ pin }, index) =>
    pin === null ? [] : [{ path: ['extensions', index, 'pin'], value: pin }],
  );
  const first = pins[0];
  const foreign = pins.filter(({ value }) => first !== undefined && saltOf(value) !== saltOf(first.value));
  return [
    ...repeated(pins, 'samePin'),
    ...foreign.map(({ path }) => ({ path, name: 'foreignPin' as const, detail: pathText(first?.path ?? []) })),
  ];
}
