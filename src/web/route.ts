import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Caller, HttpRoute, Operation, Role } from '../admin/operation.js';
import { fileIn, isStrict, type JsonSchema, jsonSchema, resolved } from '../admin/schema.js';
import type { Language } from '../admin/speaking.js';
import type { PlainTextCode } from '../locales/codes.js';
import { text } from '../locales/text.js';
import type { Credential } from './access/credential.js';
import type { BytesWanted } from './input/bytes-body.js';

/** Who asks, and how. */
export interface Visit {
  /** Null if nobody has signed in; never null on a route that requires roles. */
  readonly caller: Caller | null;
  readonly credential: Credential;
  /** The IP address that the request comes from. */
  readonly source: string;
  readonly isSecure: boolean;
  readonly headers: IncomingMessage['headers'];
}

/** What a route answers with: a value of its output, or an answer that is already made. */
export type Answer = { readonly value: unknown; readonly headers?: Readonly<Record<string, string>> } | Response;

/** One thing that can be asked by HTTP. */
export interface Route {
  /** Its name in the API document. */
  readonly id: string;
  readonly method: HttpRoute['method'];
  /** Parts in braces are fields of the input. */
  readonly path: HttpRoute['path'];
  readonly about: Readonly<Record<Language, string>>;
  /** Who may; an admin always may. */
  readonly roles: readonly Role[] | 'anyone';
  /** Not for a program by its token. */
  readonly isForPersons?: boolean;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** The longest body that is read, in bytes. */
  readonly longestBody: number;
  answer(input: unknown, visit: Visit): Promise<Answer>;
}

/** What is worked out about a route beforehand. */
export interface RoutePlan {
  readonly route: Route;
  readonly inputSchema: JsonSchema;
  /** The fields of the input. */
  readonly fields: Readonly<Record<string, JsonSchema>>;
  /** Names of the fields that are parts of the path. */
  readonly pathFields: readonly string[];
  readonly hasBody: boolean;
  /** The field of the input that the body is, as it comes; null where the body is JSON. */
  readonly file: (BytesWanted & { readonly field: string }) | null;
  /** Whether a change is made against a version, which `If-Match` says. */
  readonly isVersioned: boolean;
  readonly outputType: string;
}

/** Long enough for the largest settings of a box. */
const longestBody = 1024 * 1024;

export const apiPrefix = '/api';

/** The field of an input that `If-Match` fills. */
export const basisField = 'basis';

/** What a route is for, in both languages. */
export const aboutOf = (code: PlainTextCode): Route['about'] => ({ de: text('de', code), en: text('en', code) });

/** The route of an operation. */
export function routeOf<Box>(operation: Operation<Box>, box: Box): Route {
  const { name, about, roles, isForPersons = false, http, input, output } = operation;
  return {
    id: name.replaceAll(/[ -](\w)/g, (_, letter: string) => letter.toUpperCase()),
    method: http.method,
    path: `${apiPrefix}${http.path}`,
    about,
    roles,
    isForPersons,
    input,
    output,
    longestBody,
    async answer(value, { caller }) {
      if (!caller) throw new Error(`${name} was asked for by nobody`);
      return { value: await operation.run(box, value, caller) };
    },
  };
}

const plans = new WeakMap<Route, RoutePlan>();

/** Checks a route when it is first used: all of them at once would keep calls waiting. One that cannot work is a fault of the program. */
export function planOf(route: Route): RoutePlan {
  const known = plans.get(route);
  if (known) return known;
  const plan = newPlanOf(route);
  plans.set(route, plan);
  return plan;
}

function newPlanOf(route: Route): RoutePlan {
  const inputSchema = jsonSchema(route.input, 'input');
  const { properties: fields = {} } = resolved(inputSchema);
  const pathFields = [...route.path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
  if (resolved(inputSchema).type !== 'object' || !isStrict(inputSchema)) {
    throw new Error(`the input of ${route.id} is not a strict object, or has one in it that is not`);
  }
  const unknown = pathFields.filter((name) => !Object.hasOwn(fields, name));
  if (unknown.length > 0) throw new Error(`the path of ${route.id} has fields that its input lacks: ${unknown}`);
  return {
    route,
    inputSchema,
    fields,
    pathFields,
    hasBody: !['GET', 'DELETE'].includes(route.method),
    file: fileOf(route, inputSchema),
    isVersioned: Object.hasOwn(fields, basisField),
    outputType: String(z.globalRegistry.get(route.output)?.contentMediaType ?? 'application/json'),
  };
}

function fileOf({ id, longestBody: limit }: Route, inputSchema: JsonSchema): RoutePlan['file'] {
  const { properties = {} } = resolved(inputSchema);
  const file = fileIn({ properties });
  if (!file) return null;
  if (Object.keys(properties).length > 1) throw new Error(`the input of ${id} has a file, and more than that`);
  const { contentMediaType: type = '', maxLength = limit } = file.schema;
  return { field: file.name, type, limit: maxLength };
}
