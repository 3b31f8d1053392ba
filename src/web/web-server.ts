import { once } from 'node:events';
import {
  createServer as createHttp,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttps, type Server as HttpsServer } from 'node:https';
import { getRequestListener } from '@hono/node-server';
import type { Logger } from 'pino';
import type { Operation } from '../admin/operation.js';
import type { Language } from '../admin/speaking.js';
import type { Access } from './access/access.js';
import { networkDoor } from './access/door.js';
import { type Guide, sessionRoutes } from './access/session-routes.js';
import { appOf } from './app.js';
import { eventRoute } from './events/event-route.js';
import { EventStreams, type StreamLimits, usualStreamLimits } from './events/event-streams.js';
import type { Feed } from './events/feed.js';
import { limitArrival } from './guard/arrival.js';
import { Connections } from './guard/connections.js';
import { type Limits, usualLimits } from './guard/limits.js';
import { protections } from './guard/protections.js';
import { refusalOf } from './guard/refusal.js';
import { languageAskedFor } from './language.js';
import type { Health, Metric } from './metrics/metric.js';
import { metricsRoutes } from './metrics/metrics-routes.js';
import { AnswerCount, webMetrics } from './metrics/web-metrics.js';
import { withApiDocument } from './openapi-route.js';
import { isForPhones, type PhoneSource } from './phones/phone-answer.js';
import { RequestProblem } from './problem/problem.js';
import { problemAnswer } from './problem/problem-answer.js';
import { routeOf } from './route.js';
import type { Site } from './site/site.js';

/** What the server makes its routes from, and what it calls. */
export interface WebParts<Box> {
  readonly box: Box;
  readonly operations: readonly Operation<Box>[];
  readonly access: Access;
  /** For those who are not signed in; usually there is nothing to be said. */
  readonly guide?: Guide;
  /** The page for browsers. */
  readonly site: Site;
  /** What phones fetch; absent where they fetch nothing here. */
  readonly phones?: PhoneSource;
  readonly feed: Feed;
  /** What the box measures; what the server measures of itself is added. */
  readonly metrics: () => readonly Metric[];
  readonly health: () => Health;
  /** The names of the box, in lower case, besides its addresses. */
  readonly hostNames: () => ReadonlySet<string>;
  /** For texts to those who do not say which language they want. */
  readonly language: Language;
  readonly log: Pick<Logger, 'error'>;
  readonly limits?: Partial<Limits & StreamLimits>;
}

export interface ListeningPlace {
  readonly address: string;
  /** 0 for any that is free. */
  readonly port: number;
}

/** In PEM. */
export interface Certificate {
  readonly key: string;
  readonly certificate: string;
}

/** Where the server listens. Without `https` all is served over plain HTTP. */
export interface WebPlaces {
  readonly http: (ListeningPlace & { readonly onlyRedirects: boolean }) | null;
  readonly https: (ListeningPlace & Certificate) | null;
}

const noGuide: Guide = { isDemo: false, frontPanel: null };

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** The face of the box for browsers and programs: routes made from the table of operations, live events and measurements. */
export class WebServer {
  readonly #streams: EventStreams;
  readonly #connections: Connections;
  readonly #answers = new AnswerCount();
  readonly #limits: Limits;
  readonly #hostNames: () => ReadonlySet<string>;
  #language: Language;
  readonly #serve: Listener;
  #http: HttpServer | undefined;
  #https: HttpsServer | undefined;
  #isStopping = false;

  private constructor(parts: WebParts<unknown>) {
    const limits = { ...usualLimits, ...usualStreamLimits, ...parts.limits };
    this.#limits = limits;
    this.#hostNames = parts.hostNames;
    this.#language = parts.language;
    this.#connections = new Connections(limits);
    this.#streams = new EventStreams(parts.feed, limits, parts.access);
    const metrics = () => [...parts.metrics(), ...webMetrics(this.#answers, this.#streams, this.#connections)];
    const door = networkDoor(parts.access);
    const app = appOf({
      routes: withApiDocument(
        [
          ...parts.operations.map((operation) => routeOf(operation, parts.box)),
          ...sessionRoutes(parts.access, parts.guide ?? noGuide),
          eventRoute(this.#streams, door),
          ...metricsRoutes(metrics, parts.health),
        ],
        () => this.#language,
      ),
      site: parts.site,
      phones: parts.phones,
      door,
      language: () => this.#language,
      onFault: (error, request) => parts.log.error({ error, request }, 'a request could not be answered'),
    });
    this.#serve = getRequestListener(app.fetch);
  }

  /** Rejects if a port is taken or the certificate cannot be used. */
  static async open<Box>(parts: WebParts<Box>, { http, https }: WebPlaces): Promise<WebServer> {
    const web = new WebServer(parts as WebParts<unknown>);
    try {
      if (https) await web.#listenHttps(https);
      if (http) await web.#listenHttp(http, http.onlyRedirects ? web.#redirect : web.#serve);
      return web;
    } catch (error) {
      web.close();
      throw error;
    }
  }

  /** Where it listens; null where it does not. */
  get ports(): { readonly http: number | null; readonly https: number | null } {
    return { http: portOf(this.#http), https: portOf(this.#https) };
  }

  /** Uses another certificate; open connections keep the old one. */
  setCertificate({ key, certificate }: Certificate): void {
    this.#https?.setSecureContext({ key, cert: certificate });
  }

  /** Speaks this language from now on to those who do not say which one they want. */
  setLanguage(language: Language): void {
    this.#language = language;
  }

  /** Takes no new connections; those who wait for an answer get it, and are cut off if they take too long. */
  leave(patienceMs = 5000): void {
    this.#streams.close();
    for (const server of [this.#http, this.#https]) server?.close();
    void this.#connections.answered(patienceMs).then(() => this.close());
  }

  /** The same for a box that stops: whoever comes meanwhile learns when to come again. */
  async stop(patienceMs = 2000): Promise<void> {
    this.#isStopping = true;
    this.#streams.close();
    await this.#connections.answered(patienceMs);
    this.close();
  }

  close(): void {
    this.#streams.close();
    for (const server of [this.#http, this.#https]) server?.close();
    this.#connections.closeAll();
  }

  async #listenHttps({ key, certificate, ...place }: ListeningPlace & Certificate): Promise<void> {
    const options = { ...this.#options, key, cert: certificate, handshakeTimeout: this.#limits.headersMs };
    this.#https = createHttps(options, this.#guarded(this.#serve));
    await this.#listen(this.#https, place);
  }

  async #listenHttp(place: ListeningPlace, listener: Listener): Promise<void> {
    this.#http = createHttp(this.#options, this.#guarded(listener));
    await this.#listen(this.#http, place);
  }

  get #options() {
    return {
      maxHeaderSize: this.#limits.headerBytes,
      headersTimeout: this.#limits.headersMs,
      requestTimeout: 0, // see limitArrival
      keepAliveTimeout: this.#limits.keepAliveMs,
      connectionsCheckingInterval: Math.min(1000, this.#limits.headersMs),
    };
  }

  async #listen(server: HttpServer | HttpsServer, { address, port }: ListeningPlace): Promise<void> {
    server.timeout = this.#limits.stalledMs;
    this.#connections.watch(server);
    server.listen(port, address);
    await once(server, 'listening');
    // What goes wrong later (no more descriptors) concerns one connection.
    server.on('error', () => {});
  }

  /** What holds for every request, whatever it is for. */
  #guarded(listener: Listener): Listener {
    return (request, response) => {
      if (!this.#connections.begin(request, response)) return;
      limitArrival(request, response, this.#limits.requestMs);
      response.once('finish', () => this.#answers.add(response.statusCode));
      for (const [name, value] of Object.entries(protections)) response.setHeader(name, value);
      const refusal = this.#isStopping ? stopping() : refusalOf(request, this.#hostNames());
      if (refusal) this.#refuse(request, response, refusal);
      else listener(request, response);
    };
  }

  readonly #redirect: Listener = (request, response) => {
    // They may come in clear where the settings say so. A redirect would be no help: the secret has been sent.
    if (isForPhones(request)) return this.#serve(request, response);
    const { method, url = '/', headers } = request;
    if (method !== 'GET' && method !== 'HEAD')
      return this.#refuse(request, response, new RequestProblem({ code: 'request.httpsNeeded' }));
    const port = this.ports.https ?? 443;
    const host = `${(headers.host ?? '').replace(/:\d+$/, '')}${port === 443 ? '' : `:${port}`}`;
    response.writeHead(308, { location: `https://${host}${url}` }).end();
  };

  #refuse(request: IncomingMessage, response: ServerResponse, problem: RequestProblem): void {
    const language = languageAskedFor(request.headers['accept-language']) ?? this.#language;
    const { status, headers, body } = problemAnswer(problem, language);
    // Whatever follows on this connection may be anything.
    response.writeHead(status, { ...headers, connection: 'close' }).end(body);
  }
}

/** About as long as a restart takes. */
const secondsToRestart = 10;

const stopping = (): RequestProblem =>
  new RequestProblem({ code: 'request.stopping' }, { headers: { 'retry-after': String(secondsToRestart) } });

function portOf(server: HttpServer | HttpsServer | undefined): number | null {
  const bound = server?.address();
  return typeof bound === 'object' && bound !== null ? bound.port : null;
}
