import { isDeepStrictEqual } from 'node:util';
import { type SecretKey, secretKeys } from '../files/file-faults.js';
import type { Settings } from './settings-schema.js';

/** One value that differs between two versions of the settings; of a secret only that it differs. */
export interface SettingsChange {
  /** Keys from the outside in; an entry of a list goes by its own number, ID or port: `['extensions', '101', 'name']`. */
  readonly path: readonly string[];
  /** Undefined where there was nothing. */
  readonly before?: unknown;
  /** Undefined where there is nothing any more. */
  readonly after?: unknown;
  readonly secret?: true;
}

/** What the entries of a list go by; other lists are compared as a whole. */
const keyOf: Readonly<Record<string, string>> = {
  extensions: 'number',
  analogPhones: 'fxs',
  groups: 'id',
  trunks: 'id',
  profiles: 'id',
  webhooks: 'id',
  phones: 'id',
};

/** What changed from one version to another, in the order of the settings; empty where both say the same. */
export function settingsDiff(before: Settings, after: Settings): readonly SettingsChange[] {
  return differences([], before, after);
}

/** A change that touches very many entries, as an import does, is listed with the first of them. */
const mostListed = 200;

/** The first of the changes, and how many more there are. */
export function listedChanges(changes: readonly SettingsChange[]): {
  readonly changes: readonly SettingsChange[];
  readonly more: number | null;
} {
  const more = changes.length - mostListed;
  return { changes: changes.slice(0, mostListed), more: more > 0 ? more : null };
}

/** The way back from a change. */
export function reversed({ path, before, after, secret }: SettingsChange): SettingsChange {
  return {
    path,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
    ...(secret === undefined ? {} : { secret }),
  };
}

function differences(path: readonly string[], before: unknown, after: unknown): readonly SettingsChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  const [one, other] = [entriesOf(path, before), entriesOf(path, after)];
  if (!one || !other) return [change(path, before, after)];
  const keys = new Set([...one.keys(), ...other.keys()]);
  return [...keys].flatMap((key) => differences([...path, key], one.get(key), other.get(key)));
}

/** The parts of a value by which it is compared; undefined where it is compared as a whole. */
function entriesOf(path: readonly string[], value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (Array.isArray(value)) {
    const key = path.length === 1 ? keyOf[path[0] ?? ''] : undefined;
    return key === undefined
      ? undefined
      : new Map(value.map((entry) => [String(Reflect.get(Object(entry), key)), entry]));
  }
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}

function change(path: readonly string[], before: unknown, after: unknown): SettingsChange {
  const key = path.at(-1) ?? '';
  const [one, other] = [recordable(key, before), recordable(key, after)];
  if (secretKeys.has(key) || isDeepStrictEqual(one, other)) return { path, secret: true };
  return {
    path,
    ...(one === undefined ? {} : { before: one }),
    ...(other === undefined ? {} : { after: other }),
  };
}

/** A value as the audit record may have it for good. What follows the host in an address is often all that a receiver asks for. */
const recordable = (key: string, value: unknown): unknown =>
  shown(key, value, (of, text) => (of === 'url' ? hostOnly(text) : text));

function hostOnly(url: string): string {
  if (!URL.canParse(url)) return '…';
  const { origin, pathname, search } = new URL(url);
  return pathname === '/' && search === '' ? url : `${origin}/…`;
}

/** A value of the settings as it may be shown: without passwords, PINs and keys of signatures. */
export const withoutSecrets = <Value>(value: Value): WithoutSecrets<Value> =>
  shown('', value, (_key, text) => text) as WithoutSecrets<Value>;

export type WithoutSecrets<Value> = Value extends readonly (infer Entry)[]
  ? WithoutSecrets<Entry>[]
  : Value extends object
    ? { [Key in keyof Value as Exclude<Key, SecretKey>]: WithoutSecrets<Value[Key]> }
    : Value;

function shown(key: string, value: unknown, asShown: (key: string, text: string) => string): unknown {
  if (typeof value === 'string') return asShown(key, value);
  if (Array.isArray(value)) return value.map((entry) => shown('', entry, asShown));
  if (typeof value !== 'object' || value === null) return value;
  const open = Object.entries(value).filter(([inner]) => !secretKeys.has(inner));
  return Object.fromEntries(open.map(([inner, entry]) => [inner, shown(inner, entry, asShown)]));
}
