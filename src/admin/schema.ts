import { z } from 'zod';

/** As much of JSON Schema as is used here. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly contentEncoding?: string;
  readonly format?: string;
  /** Of a secret. */
  readonly writeOnly?: boolean;
  /** Of a secret that the box knows already. */
  readonly 'x-known'?: boolean;
  /** Of a secret: the word in its place by which the box makes one. */
  readonly 'x-made'?: string;
  readonly contentMediaType?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** What a schema looks like from outside: of the input before, of the output after it is parsed. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest as JsonSchema;
}

/** The schema itself, where it stands under a name. */
export function resolved(root: JsonSchema): JsonSchema {
  const name = root.$ref?.replace('#/$defs/', '');
  return (name === undefined ? undefined : root.$defs?.[name]) ?? root;
}

/** The field of an input that is a file, as `bytesIn` marks it; null where there is none. */
export function fileIn({ properties = {} }: JsonSchema): { readonly name: string; readonly schema: JsonSchema } | null {
  const [found] = Object.entries(properties).filter(([, { format }]) => format === 'binary');
  return found ? { name: found[0], schema: found[1] } : null;
}

/** Whether every object in it refuses unknown fields: a misspelt one would silently have no effect. */
export function isStrict(schema: unknown): boolean {
  if (typeof schema !== 'object' || schema === null) return true;
  const { properties, additionalProperties } = schema as JsonSchema;
  if (properties !== undefined && additionalProperties !== false) return false;
  return Object.values(schema).every(isStrict);
}

/** Whether the operation answers with nothing. */
export const isNothing = (schema: z.ZodType): boolean => schema instanceof z.ZodVoid || schema instanceof z.ZodNull;
