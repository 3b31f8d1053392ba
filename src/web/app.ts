import { Hono } from 'hono';
import type { Language } from '../admin/speaking.js';
import type { Door } from './access/door.js';
import { answerRoute, type WebEnvironment } from './answer-route.js';
import { ranges } from './input/ranges.js';
import { languageAskedFor } from './language.js';
import { type PhoneSource, phoneAnswer, phonePath } from './phones/phone-answer.js';
import { RequestProblem } from './problem/problem.js';
import { isOwnFault, problemAnswer } from './problem/problem-answer.js';
import { apiPrefix, planOf, type Route } from './route.js';
import type { Site } from './site/site.js';
import { siteAnswer } from './site/site-answer.js';

export interface AppParts {
  readonly routes: readonly Route[];
  /** The page for browsers. */
  readonly site: Site;
  /** What phones fetch; absent where they fetch nothing here. */
  readonly phones?: PhoneSource | undefined;
  /** The way in which all requests arrive. */
  readonly door: Door;
  /** For answers to those who do not say which language they want. */
  readonly language: () => Language;
  /** Called with a fault of the box itself. */
  readonly onFault: (error: unknown, request: string) => void;
}

/** Finds the route of a request and has it answered. */
export function appOf({ routes, site, phones, door, language, onFault }: AppParts): Hono<WebEnvironment> {
  const app = new Hono<WebEnvironment>();
  app.use(async (context, next) => {
    context.set('language', languageAskedFor(context.env.incoming.headers['accept-language']) ?? language());
    await next();
  });
  const methods = new Map<string, string[]>();
  for (const route of mostExactFirst(routes)) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    const known = methods.get(path) ?? [];
    if (known.includes(route.method)) throw new Error(`two operations have the route ${route.method} ${route.path}`);
    methods.set(path, [...known, route.method]);
    app.on(route.method, path, (context) => answerRoute(planOf(route), door, context));
  }
  for (const [path, file] of site) {
    methods.set(path, ['GET']);
    app.get(path, ({ env }) => siteAnswer(file, env.incoming.headers['accept-encoding']?.toString()));
  }
  if (phones) {
    methods.set(phonePath, ['GET']);
    app.get(phonePath, ({ env, req }) => phoneAnswer(phones, req.param('secret'), req.param('file'), env.incoming));
  }
  for (const [path, known] of methods) {
    const allowed = known.includes('GET') ? ['HEAD', ...known] : known;
    app.all(path, ({ req }) => {
      const list = allowed.join(', ');
      throw new RequestProblem(
        { code: 'request.methodNotAllowed', params: { method: req.method, allowed: list } },
        { headers: { allow: list } },
      );
    });
  }
  const page = site.get('/');
  app.notFound(({ env, req }) => {
    // A person who has mistyped an address is told so by the page, which knows the way on.
    if (page && req.method === 'GET' && isForPeople(req.path, env.incoming.headers.accept))
      return siteAnswer(page, env.incoming.headers['accept-encoding']?.toString(), 404);
    throw new RequestProblem({ code: 'request.notFound' });
  });
  app.onError((error, context) => {
    if (isOwnFault(error)) onFault(error, `${context.req.method} ${context.req.path}`);
    const { status, headers, body } = problemAnswer(error, context.get('language'));
    return new Response(body, { status, headers });
  });
  return app;
}

/** Whether a browser shows the answer to somebody; what programs ask for, and phones, is not there. */
const isForPeople = (path: string, accept: string | undefined): boolean =>
  path !== apiPrefix &&
  !path.startsWith(`${apiPrefix}/`) &&
  ranges(accept ?? '').some(({ type, q }) => type.toLowerCase() === 'text/html' && q > 0);

/** A literal path counts before one with a field in the same place. */
const mostExactFirst = (routes: readonly Route[]): readonly Route[] =>
  [...routes].sort((a, b) => a.path.split('{').length - b.path.split('{').length);
