import type { Operation } from '../../admin/operation.js';
import { fileIn, type JsonSchema, jsonSchema, resolved } from '../../admin/schema.js';
import { type Field, fieldsOf } from './field.js';

/** An operation as it is known to the table, whatever box it is run on. */
export type AnyOperation = Pick<Operation<never>, 'name' | 'about' | 'more' | 'http' | 'input' | 'output'>;

/** How an operation is written as a command. */
export interface Usage {
  readonly operation: AnyOperation;
  readonly noun: string;
  readonly verb: string;
  /** Parts of the path, which stand behind the verb without a name. */
  readonly places: readonly Field[];
  readonly options: readonly Field[];
  /** Whether a change is made against a version, which `--basis` says. */
  readonly isVersioned: boolean;
  /** The field that is sent as it is, as a file of this type; null where the input is JSON. */
  readonly file: { readonly field: string; readonly type: string } | null;
  /** What the answer is: the media type of a file, or JSON. */
  readonly answers: string;
  readonly output: JsonSchema;
}

const basisField = 'basis';

export function usageOf(operation: AnyOperation): Usage {
  const [noun = '', verb = ''] = operation.name.split(' ');
  const input = jsonSchema(operation.input, 'input');
  const fields = fieldsOf(input);
  const file = fileIn(resolved(input));
  const inPath = [...operation.http.path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  const isPlace = ({ path: [name = ''] }: Field) => inPath.includes(name);
  const output = resolved(jsonSchema(operation.output, 'output'));
  return {
    operation,
    noun,
    verb,
    places: inPath.flatMap((name) => fields.filter(({ path }) => path.length === 1 && path[0] === name)),
    options: fields.filter((field) => !isPlace(field) && field.path[0] !== basisField),
    isVersioned: fields.some(({ option }) => option === basisField),
    file: file && { field: file.name, type: file.schema.contentMediaType ?? '' },
    answers: output.contentMediaType ?? 'application/json',
    output,
  };
}
