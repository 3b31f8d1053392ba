import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Caller } from '../../admin/operation.js';
import { consoleDoor } from '../access/door.js';
import { appOf } from '../app.js';
import { eventRoute } from '../events/event-route.js';
import { EventStreams, usualStreamLimits } from '../events/event-streams.js';
import { metricsRoutes } from '../metrics/metrics-routes.js';
import { withApiDocument } from '../openapi-route.js';
import { routeOf } from '../route.js';
import { noSite } from '../site/site.js';
import type { WebParts } from '../web-server.js';

/** What the console serves. */
export type ConsoleParts<Box> = Pick<
  WebParts<Box>,
  'box' | 'operations' | 'feed' | 'metrics' | 'health' | 'language' | 'log'
>;

export interface ConsoleApp {
  readonly listener: RequestListener;
  close(): void;
}

/**
 * The same routes as for the network, for whoever sits at the box: an admin, by the permissions of the socket. Nobody signs in there, and no
 * browser comes that way.
 */
export function consoleApp<Box>({
  box,
  operations,
  feed,
  metrics,
  health,
  language,
  log,
}: ConsoleParts<Box>): ConsoleApp {
  const caller: Caller = {
    kind: 'console',
    name: 'console',
    rights: [],
    roles: new Set(['admin']),
    extension: null,
    language,
  };
  const door = consoleDoor(caller);
  const streams = new EventStreams(feed, usualStreamLimits, nobodyLosesRights);
  const routes = [
    ...operations.map((operation) => routeOf(operation, box)),
    eventRoute(streams, door),
    ...metricsRoutes(metrics, health),
  ];
  const app = appOf({
    routes: withApiDocument(routes, () => language),
    site: noSite,
    door,
    language: () => language,
    onFault: (error, request) => log.error({ error, request }, 'a request could not be answered'),
  });
  return { listener: getRequestListener(app.fetch), close: () => streams.close() };
}

/** Whoever can open the socket can open it as long as the box runs. */
const nobodyLosesRights = { onEnded: () => () => {} };
