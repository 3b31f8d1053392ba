import type { JsonSchema } from '../../admin/schema.js';
import { RequestProblem } from '../problem/problem.js';

/** The fields in an address, as text; what cannot be read as its type stays text, for the schema to reject. */
export function fieldsOfAddress(
  pathFields: Readonly<Record<string, string>>,
  query: URLSearchParams,
  schemas: Readonly<Record<string, JsonSchema>>,
): Record<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const [name, text] of Object.entries(pathFields)) fields.set(name, valueFrom(text, schemas[name]));
  for (const name of new Set(query.keys())) {
    const texts = query.getAll(name);
    const items = listed(Object.hasOwn(schemas, name) ? schemas[name] : undefined);
    if (fields.has(name) || (!items && texts.length > 1)) throw givenTwice(name);
    fields.set(name, items ? texts.map((text) => valueFrom(text, items)) : valueFrom(texts[0] ?? '', schemas[name]));
  }
  return Object.fromEntries(fields);
}

/** Puts the fields of address and body together. */
export function joined(address: Record<string, unknown>, body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const twice = Object.keys(body).find((name) => Object.hasOwn(address, name));
  if (twice !== undefined) throw givenTwice(twice);
  return { ...body, ...address };
}

const givenTwice = (name: string): RequestProblem =>
  new RequestProblem({ code: 'request.fieldTwice', params: { field: name.slice(0, 80) } }, { path: [name] });

/** The schema of the entries, where the field is a list. */
function listed(schema: JsonSchema | undefined): JsonSchema | undefined {
  return [schema, ...(schema?.anyOf ?? [])].find((option) => option?.type === 'array')?.items;
}

function valueFrom(text: string, schema: JsonSchema | undefined): unknown {
  const types = [schema, ...(schema?.anyOf ?? [])].map((option) => option?.type);
  if ((types.includes('integer') || types.includes('number')) && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
