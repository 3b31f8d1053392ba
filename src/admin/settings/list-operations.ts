import { z } from 'zod';
import { AdminError } from '../../store/admin-error.js';
import { withoutSecrets } from '../../store/settings/settings-diff.js';
import { mentionsOfMissing } from '../../store/settings/settings-mentions.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import { about } from '../about.js';
import { type Caller, type HttpRoute, type Operation, rowOf } from '../operation.js';
import { basis, dryRun, version } from '../versions.js';
import type { SentEntry } from './kept-secrets.js';
import { afterRestart, changed, type SettingsBox, told } from './settings-change.js';
import { changeableFields, type SettingsList, settingsLists } from './settings-lists.js';

type ListRow<Input extends z.ZodType, Output extends z.ZodType, Http> = Omit<
  Operation<SettingsBox, Input, Output>,
  'run'
> & {
  readonly http: Http;
  run(box: SettingsBox, input: SentEntry, caller: Caller): Promise<object>;
};

/**
 * A row for one list: whoever asks knows the types of its entries, but what is done is the same for all lists, and sees of an entry no more
 * than that it has fields.
 */
const row = <Input extends z.ZodType, Output extends z.ZodType, const Http extends HttpRoute>(
  operation: ListRow<Input, Output, Http>,
) => rowOf<SettingsBox>()(operation as unknown as Operation<SettingsBox, Input, Output> & { readonly http: Http });

/** The field by which an entry is identified. */
const keyOf = <const List extends SettingsList>({ key, keySchema }: List) =>
  ({ [key]: keySchema }) as Record<List['key'], List['keySchema']>;

type MadeBy<List extends SettingsList> = List extends { readonly makes: infer Secret extends string }
  ? Record<Secret, z.ZodNullable<z.ZodString>>
  : Record<never, never>;

/** What the box has made; it is shown only this once. */
const secretOf = <const List extends SettingsList>({ makes }: List) =>
  (makes ? { [makes]: z.string().nullable() } : {}) as MadeBy<List>;

type CascadeOf<List extends SettingsList> = List extends { readonly withoutMentions: unknown }
  ? { readonly cascade: z.ZodDefault<z.ZodBoolean> }
  : Record<never, never>;

const cascadeOf = <const List extends SettingsList>({ withoutMentions }: List) =>
  (withoutMentions ? { cascade: z.boolean().default(false) } : {}) as CascadeOf<List>;

/** The entries of a list in some settings, with the place of the one that goes by this key; -1 where there is none. */
function found({ list, key }: SettingsList, settings: Settings, name: unknown) {
  const entries: readonly SentEntry[] = settings[list];
  return { entries, index: entries.findIndex((entry) => entry[key] === name) };
}

function present(list: SettingsList, settings: Settings, name: unknown) {
  const { entries, index } = found(list, settings, name);
  const entry = entries[index];
  if (entry) return { entries, index, entry };
  throw new AdminError(
    { code: 'settings.noSuchEntry', params: { list: list.list, name: String(name) } },
    { kind: 'missing' },
  );
}

/** The settings with this entry in place of the one of its name, or after all others. */
function withEntry(list: SettingsList, settings: Settings, sent: SentEntry): unknown {
  const { entries, index } = found(list, settings, sent[list.key]);
  const settled = list.settled(entries[index], sent);
  return { ...settings, [list.list]: index < 0 ? [...entries, settled] : entries.with(index, settled) };
}

function withChange(list: SettingsList, settings: Settings, name: unknown, fields: SentEntry): unknown {
  return withEntry(list, settings, { ...present(list, settings, name).entry, ...fields });
}

/** @throws AdminError while other entries name it. */
function withoutEntry(list: SettingsList, settings: Settings, name: string, isCascading: boolean): Settings {
  const { entries, index } = present(list, settings, name);
  const all = isCascading && list.withoutMentions ? list.withoutMentions(settings, name) : settings;
  const left: Settings = { ...all, [list.list]: entries.toSpliced(index, 1) };
  const paths = mentionsOfMissing(left);
  if (paths.length === 0) return left;
  throw new AdminError({ code: 'settings.stillNamed', params: { name, paths } }, { kind: 'conflict' });
}

/** The secret that the entry did not have before, and that nobody has sent. */
function madeOf({ makes }: SettingsList, before: SentEntry | undefined, sent: SentEntry, entry: SentEntry) {
  if (!makes) return {};
  const isMade = entry[makes] !== before?.[makes] && entry[makes] !== sent[makes];
  return { [makes]: isMade ? entry[makes] : null };
}

/** The mistakes with the places that they have in what was sent, not in all the settings. */
function ofEntry(error: AdminError, place: string): AdminError {
  const { problem, kind, further } = error;
  const faults = error.faults.map((fault) =>
    fault.path.startsWith(place) ? { ...fault, path: fault.path.slice(place.length) } : fault,
  );
  return new AdminError(problem, { kind, faults, further, cause: error });
}

/** The rows for one list of the settings. */
function rowsOf<const List extends SettingsList>(list: List) {
  const { noun, key, readers }: SettingsList = list;
  const shown: List['shown'] = list.shown;
  const path: `/${List['noun']}` = `/${noun}`;
  const onePath: `/${List['noun']}/{${List['key']}}` = `/${noun}/{${key}}`;
  const answer = z.object({ version, afterRestart, entry: shown, ...secretOf(list) });
  /** Whether there was none of this name before. */
  const isNew = z.boolean();

  async function change(
    box: SettingsBox,
    { basis: on, dryRun: isDry, ...input }: SentEntry,
    caller: Caller,
    change: (settings: Settings, entry: SentEntry) => unknown,
  ) {
    let before: SentEntry | undefined;
    let place = '';
    const wanted = { basis: basis.parse(on), dryRun: dryRun.parse(isDry) };
    const placed = (settings: Settings) => {
      const { entries, index } = found(list, settings, input[key]);
      before = entries[index];
      place = `${list.list}[${index < 0 ? entries.length : index}].`;
      return change(settings, input);
    };
    const after = await changed(box, placed, wanted, caller).catch((error: unknown) => {
      throw error instanceof AdminError ? ofEntry(error, place) : error;
    });
    const { entry } = present(list, after.settings, input[key]);
    const made = madeOf(list, wanted.dryRun ? entry : before, input, entry);
    return { ...told(box, after), isNew: before === undefined, entry: withoutSecrets(entry), ...made };
  }

  return [
    row({
      name: `${noun} list`,
      about: about(`operation.${list.list}.list`),
      roles: readers,
      http: { method: 'GET', path },
      input: z.strictObject({}),
      output: z.object({ version, entries: z.array(shown) }),
      async run({ settings: { current } }) {
        return { version: current.version, entries: current.settings[list.list].map((entry) => withoutSecrets(entry)) };
      },
    }),
    row({
      name: `${noun} show`,
      about: about(`operation.${list.list}.show`),
      roles: readers,
      http: { method: 'GET', path: onePath },
      input: z.strictObject(keyOf(list)),
      output: z.object({ version, entry: shown }),
      async run({ settings: { current } }, input) {
        const { entry } = present(list, current.settings, input[key]);
        return { version: current.version, entry: withoutSecrets(entry) };
      },
    }),
    row({
      name: `${noun} set`,
      about: about(`operation.${list.list}.set`),
      roles: ['admin'],
      http: { method: 'PUT', path: onePath },
      input: z.strictObject({ ...(list.fields as List['fields']), ...keyOf(list), basis, dryRun }),
      output: answer.extend({ isNew }),
      run: (box, input, caller) => change(box, input, caller, (settings, entry) => withEntry(list, settings, entry)),
    }),
    row({
      name: `${noun} change`,
      about: about(`operation.${list.list}.change`),
      roles: ['admin'],
      http: { method: 'PATCH', path: onePath },
      input: z.strictObject({ ...changeableFields(list), ...keyOf(list), basis, dryRun }),
      output: answer,
      run: (box, input, caller) =>
        change(box, input, caller, (settings, entry) => withChange(list, settings, entry[key], entry)),
    }),
    row({
      name: `${noun} remove`,
      about: about(`operation.${list.list}.remove`),
      roles: ['admin'],
      http: { method: 'DELETE', path: onePath },
      input: z.strictObject({ ...keyOf(list), basis, ...cascadeOf(list) }),
      output: z.object({ version, afterRestart }),
      async run(box, input, caller) {
        const remove = (settings: Settings) => withoutEntry(list, settings, String(input[key]), input.cascade === true);
        return told(box, await box.settings.change(remove, basis.parse(input.basis), caller));
      },
    }),
  ];
}

/** The entries of the lists in the settings, one by one. */
export const listOperations = [
  ...rowsOf(settingsLists.extensions),
  ...rowsOf(settingsLists.groups),
  ...rowsOf(settingsLists.profiles),
  ...rowsOf(settingsLists.trunks),
  ...rowsOf(settingsLists.analogPhones),
  ...rowsOf(settingsLists.webhooks),
  ...rowsOf(settingsLists.phones),
];
