import { z } from 'zod';
import type { Language } from '../admin/speaking.js';
import { openApiDocument } from './openapi.js';
import { aboutOf, apiPrefix, type Route } from './route.js';

/** The routes, with one more that describes them all. */
export function withApiDocument(routes: readonly Route[], language: () => Language): readonly Route[] {
  const documents = new Map<Language, Promise<string>>();
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
      const spoken = language();
      const document = documents.get(spoken) ?? openApiDocument(all, spoken).then(JSON.stringify);
      documents.set(spoken, document);
      return new Response(await document, { headers: { 'content-type': 'application/json' } });
    },
  };
  const all = [...routes, route];
  return all;
}
