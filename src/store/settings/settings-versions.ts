import type { Path } from '../files/file-faults.js';
import type { Fault } from './settings-faults.js';
import { currentVersion, settingsSchema } from './settings-schema.js';

type RawSettings = Readonly<Record<string, unknown>>;

/** Turns the raw content of a file of one version into that of the next. It must not expect it to be valid. */
export type Migration = (raw: RawSettings) => RawSettings;

/** The first entry turns version 1 into version 2, and so on. What each may change: docs/decisions/0008-settings-back-and-forth.md. */
const migrations: readonly Migration[] = [];

/** What a file of another version says to this one. */
export interface Understood {
  readonly raw: unknown;
  /** What a newer Modcall wrote and this one does not know. */
  readonly newerKeys: readonly Path[];
  /** Set where the file can be read by a newer Modcall only. */
  readonly fault: Fault | null;
}

/** Content of an older file as this version has it; of the next version's, all that this one knows. */
export function understood(
  raw: unknown,
  steps: readonly Migration[] = migrations,
  present: number = currentVersion,
): Understood {
  if (!isRecord(raw) || !isVersion(raw.version)) return { raw, newerKeys: [], fault: null };
  if (raw.version > present + 1) return { raw, newerKeys: [], fault: newerVersion };
  if (raw.version > present) return { ...withoutNewerKeys({ ...raw, version: present }), fault: null };
  return {
    raw: steps.slice(raw.version - 1).reduce((older, step) => step(older), raw),
    newerKeys: [],
    fault: null,
  };
}

const newerVersion: Fault = {
  path: ['version'],
  code: 'settings.fault.newerVersion',
  params: { newest: currentVersion },
};

/** What says how calls are carried: a key that is missing there permits nothing. */
const harmless: ReadonlySet<PropertyKey> = new Set([
  'sip',
  'trunks',
  'analogPhones',
  'phones',
  'provisioning',
  'log',
  'remoteLog',
  'web',
  'updateChannel',
]);

/** A key that this version does not know may be a restriction. While it is ignored, nobody is listened to. */
function withoutNewerKeys(raw: RawSettings): Omit<Understood, 'fault'> {
  const copy = structuredClone(raw);
  const issues = settingsSchema.safeParse(copy).error?.issues ?? [];
  const newerKeys = issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? issue.keys.map((key): Path => [...issue.path, key]) : [],
  );
  for (const path of newerKeys) remove(copy, path);
  const isHarmless = newerKeys.every(([section = '']) => harmless.has(section));
  return { raw: isHarmless ? copy : { ...copy, profiles: switchedOff(copy.profiles) }, newerKeys };
}

function remove(holder: object, path: Path): void {
  const parent: unknown = path.slice(0, -1).reduce<unknown>((value, step) => Reflect.get(Object(value), step), holder);
  if (typeof parent === 'object' && parent !== null) Reflect.deleteProperty(parent, path.at(-1) ?? '');
}

function switchedOff(profiles: unknown): unknown {
  return Array.isArray(profiles)
    ? profiles.map((profile: unknown) => (isRecord(profile) ? { ...profile, enabled: false } : profile))
    : profiles;
}

function isRecord(value: unknown): value is RawSettings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isVersion(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 1;
}
