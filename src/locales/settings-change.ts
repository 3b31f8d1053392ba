/** One value that differs between two versions of the settings; of a secret only that it differs. */
export interface ChangedValue {
  /** Keys from the outside in; an entry of a list goes by its own number, ID or port. */
  readonly path: readonly string[];
  /** Undefined where there was nothing. */
  readonly before?: unknown;
  /** Undefined where there is nothing any more. */
  readonly after?: unknown;
  readonly secret?: true | undefined;
}

/** What the words for it are taken from. */
export interface ChangeWords {
  /** A text below `page.setting`; null where there is none. */
  word(code: string, params?: Readonly<Record<string, string>>): string | null;
  /** What an entry of a list is called; null where that is not known, or says no more. */
  nameOf(list: string, key: string): string | null;
}

/** What was changed, what was there and what is there now; null where there was or is nothing. */
export interface ChangeInWords {
  readonly place: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Told instead of both sides: of a list what came and went, of a secret that it changed. */
  readonly instead: string | null;
}

/** Whose keys the values at a key of the settings are. */
const listOf: Readonly<Record<string, string>> = {
  extension: 'extensions',
  extensions: 'extensions',
  group: 'groups',
  trunk: 'trunks',
};

/** A change of the settings in words and names. */
export function changeInWords(change: ChangedValue, words: ChangeWords): ChangeInWords {
  const { path, before, after, secret } = change;
  const place = placeText(path, words, nameIn(before) ?? nameIn(after));
  const text = (value: unknown) => (value === undefined ? null : valueText(value, path, words));
  const sides = { place, before: text(before), after: text(after), instead: null };
  if (secret) return { ...sides, instead: words.word('secret') };
  if (isPlainList(before) && isPlainList(after)) return { ...sides, instead: listText(before, after, path, words) };
  return sides;
}

/** On one line: `Extension 101 Anna, Name: Anna, now Annemarie`. */
export function changeLine(change: ChangedValue, words: ChangeWords): string {
  const { place, before, after, instead } = changeInWords(change, words);
  return `${place}: ${instead ?? bothText(before, after, words)}`;
}

function bothText(before: string | null, after: string | null, { word }: ChangeWords): string {
  if (before === null) return word('added', { after: after ?? '' }) ?? '';
  if (after === null) return word('gone', { before }) ?? '';
  return word('changed', { before, after }) ?? '';
}

/** The entry by its name, then the keys within it. */
function placeText(path: readonly string[], words: ChangeWords, ownName: string | null): string {
  const [list = '', key, ...within] = path;
  const entry = words.word(`entry.${list}`) ?? keyName(list, words);
  if (key === undefined) return keyName(list, words);
  if (!isListOfEntries(list)) return [list, key, ...within].map((step) => keyName(step, words)).join(', ');
  const name = within.length === 0 ? ownName : null;
  const called = name ?? words.nameOf(list, key);
  const shown = called === null || called === key ? key : namedText(list, key, called);
  return [`${entry} ${shown}`, ...within.map((step) => keyName(step, words))].join(', ');
}

const isListOfEntries = (list: string): boolean =>
  ['extensions', 'analogPhones', 'groups', 'trunks', 'profiles', 'webhooks', 'phones'].includes(list);

/** People know an extension by its number too; an ID is nothing but a name for programs. */
const namedText = (list: string, key: string, name: string): string =>
  list === 'extensions' ? `${key} ${name}` : name;

const keyName = (key: string, { word }: ChangeWords): string => word(`name.${key}`) ?? key;

function nameIn(value: unknown): string | null {
  const { name } = Object(value);
  return typeof name === 'string' ? name : null;
}

const isPlainList = (value: unknown): value is readonly (string | number)[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === 'string' || typeof entry === 'number');

function listText(
  before: readonly unknown[],
  after: readonly unknown[],
  path: readonly string[],
  words: ChangeWords,
): string | null {
  const all = (values: readonly unknown[]) => values.map((value) => valueText(value, path, words)).join(', ');
  const came = after.filter((entry) => !before.includes(entry));
  const went = before.filter((entry) => !after.includes(entry));
  const parts = [
    came.length > 0 ? words.word('joined', { list: all(came) }) : null,
    went.length > 0 ? words.word('left', { list: all(went) }) : null,
  ].filter((part) => part !== null);
  // The same entries in another order.
  return parts.length === 0 ? null : parts.join('; ');
}

function valueText(value: unknown, path: readonly string[], words: ChangeWords): string {
  const nothing = words.word('nothing') ?? '';
  if (value === null || value === undefined || value === '') return nothing;
  if (typeof value === 'boolean') return words.word(value ? 'yes' : 'no') ?? String(value);
  if (Array.isArray(value))
    return value.length === 0 ? nothing : value.map((entry) => valueText(entry, path, words)).join(', ');
  if (typeof value === 'object') return fieldsText(value, path, words);
  const text = String(value);
  return words.word(`value.${path.at(-1)}.${text}`) ?? referenceText(text, path, words);
}

/** What is empty says nothing, and what an entry goes by stands in its place already. */
function fieldsText(value: object, path: readonly string[], words: ChangeWords): string {
  const [, key] = path;
  const told = Object.entries(value).filter(([, part]) => !isEmpty(part) && part !== key);
  const texts = told.map(([name, part]) => `${keyName(name, words)}: ${valueText(part, [...path, name], words)}`);
  return texts.length === 0 ? String(key ?? words.word('nothing')) : texts.join(', ');
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

function referenceText(text: string, path: readonly string[], { nameOf }: ChangeWords): string {
  const list = referredList(path);
  const name = list === undefined ? null : nameOf(list, text);
  return list === undefined || name === null ? text : namedText(list, text, name);
}

/** Members of a group are extensions, those of a profile are a group. */
function referredList(path: readonly string[]): string | undefined {
  const key = path.at(-1) ?? '';
  if (key === 'members' || key === 'moderators') return path[0] === 'groups' ? 'extensions' : 'groups';
  return listOf[key];
}

/** Finds the names of entries in the settings. */
export function namesIn(settings: object | undefined): ChangeWords['nameOf'] {
  return (list, key) => {
    const entries: unknown = Reflect.get(settings ?? {}, list);
    const found = Array.isArray(entries) ? entries.find((entry) => isEntry(entry, key)) : undefined;
    return nameIn(found);
  };
}

const isEntry = (entry: unknown, key: string): boolean => {
  const { number, id } = Object(entry);
  return id === undefined ? number === key : id === key;
};
