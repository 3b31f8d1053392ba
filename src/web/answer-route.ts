import { Readable } from 'node:stream';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { hasRoleFor, isTooMuchFor } from '../admin/operation.js';
import { isNothing } from '../admin/schema.js';
import { AdminError, type Language } from '../admin/speaking.js';
import type { Door } from './access/door.js';
import { mayAct } from './access/own-page.js';
import { waitForArrival } from './guard/arrival.js';
import { ownStyles } from './guard/protections.js';
import { isAccepted } from './input/accepted.js';
import { basisOf } from './input/basis.js';
import { bytesBody } from './input/bytes-body.js';
import { checked } from './input/checked.js';
import { fieldsOfAddress, joined } from './input/fields.js';
import { hasBody, jsonBody } from './input/json-body.js';
import { languageAskedFor } from './language.js';
import { RequestProblem } from './problem/problem.js';
import { basisField, type RoutePlan, type Visit } from './route.js';

/** What accompanies a request. */
export interface WebEnvironment {
  readonly Bindings: HttpBindings;
  readonly Variables: { readonly language: Language };
}

export type WebContext = Context<WebEnvironment>;

/** Answers one request, step by step: who may ask at all comes before anything that they sent is read. */
export async function answerRoute(plan: RoutePlan, door: Door, context: WebContext): Promise<Response> {
  const visit = await visitOf(door, context);
  permit(plan, visit);
  const { incoming } = context.env;
  if (!mayAct(incoming.method ?? '', incoming.headers, visit.credential, visit.isSecure)) {
    throw new RequestProblem({ code: 'request.foreignOrigin' });
  }
  const type = plan.outputType;
  if (!isAccepted(incoming.headers.accept, type))
    throw new RequestProblem({ code: 'request.notAcceptable', params: { type } });
  const stillPermitted = () => permittedStill(plan, door, visit);
  const input = checked(plan.route.input, await inputOf(plan, context, stillPermitted), context.get('language'));
  const answer = await plan.route.answer(input, plan.hasBody ? await stillPermitted() : visit);
  const response = answer instanceof Response ? answer : written(plan, answer.value, answer.headers ?? {});
  // Nobody reads the end of a stream.
  if (incoming.method === 'HEAD') await response.body?.cancel();
  return response;
}

async function visitOf(door: Door, context: WebContext): Promise<Visit> {
  const { headers, socket } = context.env.incoming;
  const isSecure = 'encrypted' in socket;
  const source = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const credential = door.credentialOf(headers, isSecure);
  const known = await door.callerBy(credential, source, 'request');
  const language = languageAskedFor(headers['accept-language']) ?? known?.language ?? context.get('language');
  context.set('language', language);
  return { caller: known && { ...known, language }, credential, source, isSecure, headers };
}

/** A body can take its time: whoever may not any more when it has arrived may not, and what they may do now counts. */
async function permittedStill(plan: RoutePlan, door: Door, { caller: known, ...visit }: Visit): Promise<Visit> {
  const present = known && (await door.callerBy(visit.credential, visit.source, 'watch'));
  const visitNow = { ...visit, caller: present && { ...present, language: known.language } };
  permit(plan, visitNow);
  return visitNow;
}

function permit({ route }: RoutePlan, { caller }: Visit): void {
  const { roles } = route;
  if (roles === 'anyone') return;
  if (!caller) throw new RequestProblem({ code: 'request.notSignedIn' }, { headers: { 'www-authenticate': 'Bearer' } });
  if (!hasRoleFor(caller, { roles })) {
    throw new RequestProblem({
      code: 'request.notPermitted',
      params: { roles: [...new Set(['admin', ...roles])].join(', ') },
    });
  }
  if (isTooMuchFor(caller, route)) throw new AdminError({ code: 'access.personOnly' }, { kind: 'forbidden' });
}

async function inputOf(plan: RoutePlan, context: WebContext, stillPermitted: () => Promise<unknown>): Promise<unknown> {
  const { incoming } = context.env;
  const { route, pathFields, fields, isVersioned } = plan;
  const query = new URL(context.req.url).searchParams;
  const inPath = Object.fromEntries(pathFields.map((name) => [name, context.req.param(name) ?? '']));
  const basis = isVersioned ? { [basisField]: basisOf(incoming.headers['if-match']) } : {};
  if (!plan.hasBody) {
    if (hasBody(incoming))
      throw new RequestProblem(
        { code: 'request.tooLarge', params: { limit: 0 } },
        { headers: { connection: 'close' } },
      );
    return { ...fieldsOfAddress(inPath, query, fields), ...basis };
  }
  // Logs on the way keep addresses: what a change says, which may be a secret, does not belong there.
  const [stray] = query.keys();
  if (stray !== undefined) throw new RequestProblem({ code: 'request.badTarget' }, { path: [stray] });
  if (plan.file) {
    waitForArrival(incoming);
    return { [plan.file.field]: checkedAtEnd(bytesBody(incoming, plan.file), stillPermitted) };
  }
  const address = { ...fieldsOfAddress(inPath, query, fields), ...basis };
  return joined(address, (await jsonBody(incoming, route.longestBody)) ?? {});
}

/** A file is taken while it comes: only its end says whether it counts. */
async function* checkedAtEnd(
  pieces: AsyncIterable<Uint8Array>,
  check: () => Promise<unknown>,
): AsyncGenerator<Uint8Array> {
  yield* pieces;
  await check();
}

/** The answer with a value, stripped of fields that its schema does not know. */
function written(
  { route, outputType }: RoutePlan,
  value: unknown,
  headers: Readonly<Record<string, string>>,
): Response {
  const output = route.output.parse(value);
  if (isNothing(route.output)) return new Response(null, { status: 204, headers });
  const isJson = outputType === 'application/json';
  const type = { 'content-type': outputType.startsWith('text/') ? `${outputType}; charset=utf-8` : outputType };
  if (isPieces(output)) return new Response(streamOf(output), { headers: { ...type, ...headers } });
  return new Response(isJson ? JSON.stringify(output) : String(output), {
    headers: { ...type, ...etagOf(output), ...(outputType === 'text/html' && ownStyles(String(output))), ...headers },
  });
}

const isPieces = (output: unknown): output is AsyncIterable<Uint8Array> =>
  typeof output === 'object' && output !== null && Symbol.asyncIterator in output;

/** A reader who leaves before the end also stops what makes the pieces. */
const streamOf = (pieces: AsyncIterable<Uint8Array>) =>
  Readable.toWeb(Readable.from(pieces, { objectMode: false })) as ReadableStream<Uint8Array<ArrayBuffer>>;

function etagOf(output: unknown): Record<string, string> {
  const version: unknown = typeof output === 'object' && output !== null ? Reflect.get(output, 'version') : undefined;
  return typeof version === 'number' ? { etag: `"${version}"` } : {};
}
