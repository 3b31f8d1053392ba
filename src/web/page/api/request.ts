import { language } from '../texts.js';
import { problemOf, unreachable } from './api-problem.js';
import type { Method } from './table.js';

const patienceMs = 20_000;
/** A file may have a slow way to go. */
const patienceWithFilesMs = 600_000;

/** What is asked of the box. */
export interface Question {
  readonly method: Method;
  /** Below `/api`, with fields in braces. */
  readonly path: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The version that a change is made against; `*` for whatever is there. */
  readonly basis?: number | '*' | undefined;
}

/** Asks the box. Rejects with an `ApiProblem`. */
export async function request(question: Question): Promise<unknown> {
  const response = await fetch(...sent(question)).catch(() => {
    throw unreachable();
  });
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return null;
  return contentOf(response);
}

function contentOf(response: Response): Promise<unknown> {
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith(fileType)) return response.blob();
  return type.includes('json') ? response.json() : response.text();
}

const fileType = 'application/octet-stream';

function sent({ method, path, fields, basis }: Question): [string, RequestInit] {
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  const address = `/api${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(fields[name])))}`;
  const others = Object.entries(fields).filter(([name, value]) => !inPath.has(name) && value !== undefined);
  const headers = {
    'accept-language': language.value,
    'x-modcall': '1',
    ...(basis === undefined ? {} : { 'if-match': basis === '*' ? basis : `"${basis}"` }),
  };
  const init = { method, headers, signal: AbortSignal.timeout(patienceMs) };
  if (method === 'GET' || method === 'DELETE') return [`${address}${queryOf(others)}`, init];
  const file = others.map(([, value]) => value).find((value) => value instanceof Blob);
  if (file) {
    const signal = AbortSignal.timeout(patienceWithFilesMs);
    return [address, { ...init, signal, headers: { ...headers, 'content-type': fileType }, body: file }];
  }
  const body = JSON.stringify(Object.fromEntries(others));
  return [address, { ...init, headers: { ...headers, 'content-type': 'application/json' }, body }];
}

function queryOf(fields: readonly [string, unknown][]): string {
  const query = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return query === '' ? '' : `?${query}`;
}
