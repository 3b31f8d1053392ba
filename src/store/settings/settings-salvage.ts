import type { Path } from '../files/file-faults.js';
import { parseJson } from '../files/json-text.js';
import { type FirstStart, firstAnalog, linePrefix, randomPassword } from './first-settings.js';
import { settingsFaults } from './settings-file.js';
import { currentVersion, type Settings, settingsSchema } from './settings-schema.js';

type Group = Readonly<Record<string, unknown>>;

/** Each round takes one thing out; nothing is salvaged from a file with more mistakes than this. */
const mostRounds = 1000;

/**
 * What can be understood of broken settings: valid entries are kept, faulty ones are dropped. Profiles are dropped in any case, since an
 * exclusion or a limit may be among what was lost, and nobody may be listened to under half of the rules. If the file says nothing at all,
 * the analog ports of the board remain: a telephone on one and an exchange line on the other can carry an emergency call.
 */
export function salvagedSettings(text: string, first: FirstStart): Settings {
  const parsed = parseJson(text.replace(/^\uFEFF/, ''));
  const found = parsed.ok && isGroup(parsed.value) ? parsed.value : portsAlone(first);
  const always = { ...placeIn(text, first), ...{ version: currentVersion, profiles: [] } };
  let raw: Group = { ...always, ...found, version: currentVersion, profiles: [] };
  for (let round = 0; round < mostRounds; round += 1) {
    const [fault] = settingsFaults(raw);
    if (!fault) return settingsSchema.parse(raw);
    raw = { ...always, ...mended(raw, fault.path) };
  }
  return settingsSchema.parse({ ...always, ...portsAlone(first) });
}

/** Country and language as the file has them, even where it is no JSON any more: the country decides the emergency numbers. */
function placeIn(text: string, { language }: FirstStart): Group {
  const [, foundLanguage] = /"language"\s*:\s*"(de|en)"/.exec(text) ?? [];
  const [, foundCountry] = /"country"\s*:\s*"(de|us|gb)"/.exec(text) ?? [];
  return { language: foundLanguage ?? language, country: foundCountry ?? 'unknown' };
}

/** The analog ports of the board and nothing else. */
function portsAlone({ board: { lines } }: FirstStart): Group {
  const phones = lines
    .filter(({ kind }) => kind === 'fxs')
    .map(({ port }, index) => ({ fxs: port, extension: String(firstAnalog + index) }));
  const [inbound] = phones.map(({ extension }) => ({ extension }));
  const trunks = lines.flatMap(({ kind, port }) =>
    kind === 'fxo' && inbound ? [{ kind: 'analog', id: port, name: port, fxo: port, prefix: linePrefix, inbound }] : [],
  );
  const extensions = phones.map(({ extension, fxs }) => ({ number: extension, name: fxs, password: randomPassword() }));
  return { extensions, analogPhones: phones, trunks };
}

/** Without what is at fault: the value itself, or what it belongs to where it is missing already. */
function mended(raw: Group, path: Path): Group {
  const [list, index, key] = path;
  const { extensions } = raw;
  const [extension] = Array.isArray(extensions) ? extensions : [];
  // A trunk without a place for its calls still takes emergency calls out: the first telephone gets them.
  if (list === 'trunks' && key === 'inbound' && isGroup(extension) && typeof index === 'number')
    return withInbound(raw, index, extension.number);
  return without(raw, path);
}

function withInbound(raw: Group, index: number, extension: unknown): Group {
  const trunks = Array.isArray(raw.trunks) ? raw.trunks : [];
  return { ...raw, trunks: trunks.map((trunk, at) => (at === index ? { ...trunk, inbound: { extension } } : trunk)) };
}

function without<Holder>(holder: Holder, path: Path): Holder {
  const copy = structuredClone(holder);
  const parents = ancestors(copy, path);
  const depth = parents.length - 1;
  remove(parents[depth], path[depth]);
  return copy;
}

/** The value itself and those along a path, as long as there is something to be taken out of them. */
function ancestors(value: unknown, [step, ...rest]: Path): readonly unknown[] {
  if (typeof value !== 'object' || value === null || step === undefined || !Object.hasOwn(value, step)) return [];
  return [value, ...ancestors(Reflect.get(value, step), rest)];
}

function remove(holder: unknown, step: PropertyKey | undefined): void {
  if (Array.isArray(holder) && typeof step === 'number') holder.splice(step, 1);
  else if (isGroup(holder) && step !== undefined) Reflect.deleteProperty(holder, step);
}

function isGroup(value: unknown): value is Group {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
