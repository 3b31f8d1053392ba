import { type JsonSchema, resolved } from '../../admin/schema.js';

/** How a field is written on the command line. */
export type FieldKind = 'text' | 'number' | 'boolean' | 'list' | 'json';

/** One field of an operation's input, or a field inside one, such as `notice.member`. */
export interface Field {
  /** From the outside in. */
  readonly path: readonly string[];
  /** As an option, without the dashes: `ring-seconds`, `notice.member`. */
  readonly option: string;
  readonly kind: FieldKind;
  /** Of a list: how its entries are written. */
  readonly items: FieldKind;
  /** Whether it may be a list without entries. */
  readonly mayBeEmpty: boolean;
  /** Whether nobody may see it: it is typed, or something in it is such a secret. */
  readonly secret: 'no' | 'new' | 'known' | 'inside';
  /** The word in the place of a secret by which the box makes one, and which is none itself. */
  readonly made: string | null;
  readonly isRequired: boolean;
  readonly isNullable: boolean;
  /** Whether a file fills it as base64. */
  readonly isBytes: boolean;
  /** The most that a file may have which is sent as it is, in bytes; null where none is. */
  readonly mostSent: number | null;
  /** What it may be, where that is a choice. */
  readonly choices: readonly string[];
  /** From which number to which, where there are both. */
  readonly range: readonly [number, number] | null;
}

/** A longer secret is no line that somebody types, but a file. */
const longestTyped = 1024;
/** Deeper fields are written as JSON. */
const deepest = 3;

/** `ringSeconds` as people type it: `ring-seconds`. */
export const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The schemas that a field may go by: names are looked up, and alternatives are spread out. */
export function alternatives(schema: JsonSchema | undefined, root: JsonSchema): readonly JsonSchema[] {
  if (!schema) return [];
  if (schema.$ref !== undefined) return alternatives(resolved({ ...root, $ref: schema.$ref }), root);
  if (typeof schema.type === 'object') return schema.type.map((type) => ({ ...schema, type }));
  const more = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return more.length === 0 ? [schema] : more.flatMap((each) => alternatives(each, root));
}

/** The fields of an input, each followed by those inside it. */
export function fieldsOf(root: JsonSchema): readonly Field[] {
  const { properties = {}, required = [] } = resolved(root);
  return Object.entries(properties).flatMap(([name, schema]) => [
    fieldOf([name], schema, required.includes(name), root),
    ...innerFields([name], schema, root),
  ]);
}

function innerFields(path: readonly string[], schema: JsonSchema, root: JsonSchema): readonly Field[] {
  const inner = new Map<string, JsonSchema[]>();
  for (const option of alternatives(schema, root)) {
    for (const [name, part] of Object.entries(option.properties ?? {}))
      inner.set(name, [...(inner.get(name) ?? []), part]);
  }
  return [...inner].flatMap(([name, parts]) => {
    const here = [...path, name];
    const part: JsonSchema = parts.length === 1 && parts[0] ? parts[0] : { anyOf: parts };
    const field = fieldOf(here, part, false, root);
    // A secret inside is part of the file that has the rest.
    if (field.secret !== 'no') return [];
    return here.length < deepest ? [field, ...innerFields(here, part, root)] : [field];
  });
}

function fieldOf(path: readonly string[], schema: JsonSchema, isRequired: boolean, root: JsonSchema): Field {
  const all = alternatives(schema, root);
  const options = all.filter(({ type }) => type !== 'null');
  const kind = kindOf(options);
  const items = options.flatMap((option) => alternatives(option.items, root));
  return {
    path,
    option: path.map(kebab).join('.'),
    kind,
    items: kind === 'list' ? kindOf(items.filter(({ type }) => type !== 'null')) : kind,
    mayBeEmpty: kind === 'list' && options.every(({ minItems = 0 }) => minItems === 0),
    secret: secretIn(options, root),
    made: options.find((option) => option['x-made'] !== undefined)?.['x-made'] ?? null,
    isRequired,
    isNullable: options.length < all.length,
    mostSent: options.find(({ format }) => format === 'binary')?.maxLength ?? null,
    isBytes: options.some(({ contentEncoding }) => contentEncoding === 'base64'),
    choices: choicesOf(kind === 'list' ? items : options),
    range: rangeOf(options),
  };
}

function kindOf(options: readonly JsonSchema[]): FieldKind {
  const types = new Set(options.map(({ type }) => (typeof type === 'string' ? type : 'anything')));
  const isOnly = (...names: readonly string[]) => types.size > 0 && [...types].every((type) => names.includes(type));
  if (isOnly('boolean')) return 'boolean';
  if (isOnly('integer', 'number')) return 'number';
  if (isOnly('string')) return 'text';
  return isOnly('array') ? 'list' : 'json';
}

function secretIn(options: readonly JsonSchema[], root: JsonSchema): Field['secret'] {
  const marked = options.find(({ writeOnly }) => writeOnly === true);
  if (marked) {
    if ((marked.maxLength ?? 0) > longestTyped) return 'inside';
    return marked['x-known'] === true ? 'known' : 'new';
  }
  return options.some((option) => hasSecret(option, root, new Set())) ? 'inside' : 'no';
}

/** Whether something in it is a secret. @param seen names that were looked up already. */
function hasSecret(part: unknown, root: JsonSchema, seen: ReadonlySet<string>): boolean {
  if (typeof part !== 'object' || part === null) return false;
  const { writeOnly, $ref } = part as JsonSchema;
  if (writeOnly === true) return true;
  if ($ref !== undefined) {
    return !seen.has($ref) && hasSecret(resolved({ ...root, $ref }), root, new Set([...seen, $ref]));
  }
  return Object.values(part).some((each) => hasSecret(each, root, seen));
}

function rangeOf(options: readonly JsonSchema[]): Field['range'] {
  const [{ minimum, maximum } = {}] = options;
  return minimum === undefined || maximum === undefined || maximum === Number.MAX_SAFE_INTEGER
    ? null
    : [minimum, maximum];
}

function choicesOf(options: readonly JsonSchema[]): readonly string[] {
  const choices = options.map((option) => option.enum ?? (option.const === undefined ? null : [option.const]));
  return choices.some((each) => each === null) ? [] : choices.flatMap((each) => each ?? []).map(String);
}
