import { z } from 'zod';
import type { Language } from '../admin/speaking.js';
import { openApiDocument } from './openapi.js';
import { aboutOf, apiPrefix, type Route } from './route.js';

/** The routes, with one more that describes them all. */
export function withApiDocument(routes: readonly Route[], language: Language): readonly Route[] {
  let document: Promise<string> | undefined;
  const route: Route = {
    id: 'apiShow',
    method: 'GET',
    path: `${apiPrefix}/openapi.json`,
    about: aboutOf('route.apiShow'),
    roles: 'anyone',
    input: z.strictObject({}),
    output: z.looseObject({ openapi: z.string() }),
    longestBody: 0,
    async answer() {
      document ??= openApiDocument(all, language).then(JSON.stringify);
      return new Response(await document, { headers: { 'content-type': 'application/json' } });
    },
  };
  const all = [...routes, route];
  return all;
}
