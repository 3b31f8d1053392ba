import type { IncomingMessage } from 'node:http';
import type { Usage } from '../table/usage.js';
import type { BoxClient } from './box-client.js';

/** Asks a box for an operation of the table. @param basis the version that a change is made against; null for whatever is there. */
export function askOperation(
  box: BoxClient,
  { operation, places, isVersioned, file }: Usage,
  input: Readonly<Record<string, unknown>>,
  basis: number | null,
): Promise<IncomingMessage> {
  const { method, path } = operation.http;
  const rest = new Map(Object.entries(input));
  for (const {
    path: [name = ''],
  } of places)
    rest.delete(name);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])));
  const ifMatch = basis === null ? '*' : `"${basis}"`;
  const hasBody = method !== 'GET' && method !== 'DELETE';
  return box.ask({
    method,
    path: `/api${filled}${hasBody ? '' : queryOf(rest)}`,
    headers: { ...(isVersioned ? { 'if-match': ifMatch } : {}), ...(file ? { 'content-type': file.type } : {}) },
    ...(hasBody ? { body: file ? sent(rest.get(file.field)) : JSON.stringify(Object.fromEntries(rest)) } : {}),
  });
}

const sent = (file: unknown): Uint8Array => (file instanceof Uint8Array ? file : Buffer.alloc(0));

function queryOf(fields: ReadonlyMap<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of fields) for (const each of [value].flat()) query.append(name, String(each));
  return query.size === 0 ? '' : `?${query}`;
}
