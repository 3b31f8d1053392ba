import { createHash } from 'node:crypto';
import type { ExtensionAccount, TrunkAccount, TrunkTls } from '../../engine/engine.js';
import type { AnalogSettings } from '../../lines/analog-settings.js';
import type { MonitoringPolicy, Person, Profile, TimeWindow } from '../../monitoring/profile.js';
import { type ExtensionNumber, extensionNumber, groupId, portId, profileId, trunkId } from '../../primitives/ids.js';
import type { Language } from '../../primitives/language.js';
import { usualSipPorts } from '../../primitives/sip-ports.js';
import { isComplete } from '../../switchboard/dial-plan.js';
import type { Directory, Group, InboundTarget, ServiceNumber } from '../../switchboard/directory.js';
import {
  type ExtensionSettings,
  type ProfileSettings,
  type Settings,
  type TrunkSettings,
  weekdays,
} from './settings-schema.js';

/** All that can be dialled. */
export function toDirectory(settings: Settings): Directory {
  return {
    country: settings.country,
    ringSeconds: settings.ringSeconds,
    extensions: byKey(settings.extensions, (entry) => {
      const number = extensionNumber(entry.number);
      return [number, { number, name: entry.name, ...(entry.callerId ? { callerId: entry.callerId } : {}) }];
    }),
    groups: byKey(settings.groups, (entry) => {
      const id = groupId(entry.id);
      return [id, toGroup(entry)];
    }),
    trunks: settings.trunks.map((entry) => ({
      id: trunkId(entry.id),
      name: entry.name,
      prefix: entry.prefix,
      callerId: entry.kind === 'analog' ? null : entry.callerId,
      isTrusted: entry.kind !== 'analog' && entry.trusted,
      isLine: entry.kind === 'analog',
      inbound: toInbound(entry.inbound),
      numbers: entry.kind === 'analog' ? [] : entry.numbers.map(({ number, to }) => ({ number, to: toInbound(to) })),
    })),
    services: settings.profiles.flatMap(toServices),
  };
}

/** The rules of monitoring. */
export function toMonitoringPolicy(settings: Settings): Omit<MonitoringPolicy, 'helpTitles'> {
  return {
    agreement: null,
    language: settings.language,
    country: settings.country,
    profiles: byKey(settings.profiles, (entry) => [profileId(entry.id), toProfile(entry)]),
    persons: byKey(settings.extensions, (entry) => [extensionNumber(entry.number), toPerson(entry, settings)]),
    groups: byKey(settings.groups, (entry) => [groupId(entry.id), entry.members.map(extensionNumber)]),
    exclusions: {
      extensions: new Set(settings.exclusions.extensions.map(extensionNumber)),
      numbers: settings.exclusions.numbers,
    },
    limits: settings.limits,
  };
}

/** The languages in which somebody is spoken to. */
export function toSpokenLanguages({ language, extensions }: Settings): ReadonlySet<Language> {
  return new Set([language, ...extensions.map((entry) => entry.language ?? language)]);
}

/** Accounts that phones register with. */
export function toExtensionAccounts(settings: Settings): ExtensionAccount[] {
  return settings.extensions.map(({ number, password, digest, encryption }) => ({
    number: extensionNumber(number),
    password,
    encryption,
    ...(digest === undefined ? {} : { digest }),
  }));
}

/** Connections to providers and other PBXs. */
export function toTrunkAccounts(settings: Settings): TrunkAccount[] {
  return settings.trunks.flatMap((entry) => (entry.kind === 'analog' ? [] : [toTrunkAccount(entry)]));
}

/** What is connected to the analog ports of the board. What may be dialled there also goes by the agreement, at the moment of dialling. */
export function toAnalogSettings(settings: Settings, privateCalls: () => boolean): AnalogSettings {
  const directory = toDirectory(settings);
  return {
    phones: settings.analogPhones.map(({ fxs, extension, onLift }) => ({
      port: portId(fxs),
      extension: extensionNumber(extension),
      country: settings.country,
      onLift,
      isComplete: (number) => isComplete({ ...directory, privateCalls: privateCalls() }, number),
    })),
    trunks: settings.trunks.flatMap((entry) =>
      entry.kind === 'analog' ? [{ port: portId(entry.fxo), trunk: trunkId(entry.id), country: settings.country }] : [],
    ),
  };
}

/** The moderators' PIN hashes. */
export function toPinHashes(settings: Settings): ReadonlyMap<ExtensionNumber, string> {
  return new Map(
    settings.extensions.flatMap(({ number, pin }) => (pin === null ? [] : [[extensionNumber(number), pin] as const])),
  );
}

function byKey<Entry, Key, Value>(entries: readonly Entry[], pair: (entry: Entry) => [Key, Value]): Map<Key, Value> {
  return new Map(entries.map(pair));
}

function toGroup(entry: Settings['groups'][number]): Group {
  const { id, name, number, members, strategy, memberSeconds, overflow } = entry;
  return {
    ...{ id: groupId(id), name, number, members: members.map(extensionNumber), strategy },
    memberMs: memberSeconds * 1000,
    overflow: overflow && { to: overflow.number, afterMs: overflow.seconds * 1000 },
  };
}

function toInbound(inbound: TrunkSettings['inbound']): InboundTarget {
  return 'extension' in inbound
    ? { kind: 'extension', number: extensionNumber(inbound.extension) }
    : { kind: 'group', group: groupId(inbound.group) };
}

function toServices(entry: ProfileSettings): ServiceNumber[] {
  const profile = profileId(entry.id);
  const inside: ServiceNumber = { number: entry.service, profile, from: { kind: 'extensions' } };
  if (entry.external === null) return [inside];
  return [
    inside,
    { number: entry.external.number, profile, from: { kind: 'trunk', trunk: trunkId(entry.external.trunk) } },
  ];
}

function toProfile(entry: ProfileSettings): Profile {
  return {
    id: profileId(entry.id),
    name: entry.name,
    enabled: entry.enabled,
    moderators: groupId(entry.moderators),
    members: groupId(entry.members),
    interventions: new Set(entry.interventions),
    notice: entry.notice,
    stereo: entry.stereo,
    encryptedCalls: entry.encryptedCalls,
    admission: entry.admission,
    windows: entry.windows.map(toTimeWindow),
    quota: entry.quota,
  };
}

function toTimeWindow({ days, from, to }: ProfileSettings['windows'][number]): TimeWindow {
  return { weekdays: days.map((day) => weekdays.indexOf(day) + 1), from: minuteOfDay(from), to: minuteOfDay(to) };
}

/** Minutes since midnight of `HH:MM`. */
export function minuteOfDay(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

function toPerson(entry: ExtensionSettings, settings: Settings): Person {
  return {
    number: extensionNumber(entry.number),
    consents: entry.consents,
    language: entry.language ?? settings.language,
    pinMark: entry.pin === null ? null : createHash('sha256').update(entry.pin).digest('base64url'),
  };
}

type SipTrunkSettings = Exclude<TrunkSettings, { kind: 'analog' }>;
type RegisteringTrunkSettings = Extract<TrunkSettings, { kind: 'registering' }>;

function toTrunkAccount(entry: SipTrunkSettings): TrunkAccount {
  const { host, transport, tls, encryption, identity, diversion, callerId } = entry;
  const port = entry.port ?? usualSipPorts[transport];
  const special = tls === undefined ? {} : { tls: toTrunkTls(tls) };
  const common = { id: trunkId(entry.id), host, port, transport, encryption, identity, diversion, ...special };
  return entry.kind === 'registering'
    ? { ...common, kind: 'registering', ...toRegistration(entry) }
    : { ...common, kind: 'address', addresses: entry.addresses, ...(callerId === null ? {} : { account: callerId }) };
}

function toRegistration({ username, password, authName, proxy, proxyPort, transport }: RegisteringTrunkSettings) {
  return {
    username,
    password,
    ...(authName === null ? {} : { authName }),
    ...(proxy === null ? {} : { proxy: { host: proxy, port: proxyPort ?? usualSipPorts[transport] } }),
  };
}

function toTrunkTls({ authorities, certificate, clientKey: key }: NonNullable<SipTrunkSettings['tls']>): TrunkTls {
  return {
    ...(authorities === undefined ? {} : { authorities }),
    ...(certificate === undefined || key === undefined ? {} : { identity: { certificate, key } }),
  };
}
