import { hostname } from 'node:os';
import { type Box, operations } from '../../admin/operations.js';
import type { StateBox } from '../../admin/state-operations.js';
import type { Log } from '../../log/log.js';
import type { Language } from '../../primitives/language.js';
import type { BoxCertificate } from '../../store/certificate/box-certificate.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import type { Access } from '../../web/access/access.js';
import type { Guide } from '../../web/access/session-routes.js';
import { type ConsoleApp, consoleApp } from '../../web/console/console-app.js';
import type { Feed } from '../../web/events/feed.js';
import { noSite, readSite } from '../../web/site/site.js';
import { WebServer } from '../../web/web-server.js';
import { installation } from '../installation.js';

export interface WebPlace {
  readonly box: Box;
  readonly access: Access;
  readonly certificate: BoxCertificate;
  readonly feed: Feed;
  readonly log: Log;
  readonly guide: Guide;
  /** Instead of the port in the settings, 0 for any free one; null for theirs. */
  readonly webPort: number | null;
}

/** Serves the box to browsers and programs; null where a port cannot be had, which is said. */
export async function openWeb(
  settings: NonNullable<Settings['web']>,
  language: Language,
  { box, access, guide, certificate, feed, log, webPort }: WebPlace,
): Promise<WebServer | null> {
  const { address, plainPort, encrypted, names: further } = settings;
  const port = webPort ?? settings.port;
  const own = hostname().toLowerCase();
  const names = new Set([own, `${own}.local`, ...further.map((name) => name.toLowerCase().replace(/\.$/, ''))]);
  const site = await readSite(installation.page).catch((error: unknown) => {
    log.error(
      { code: 'pageUnavailable', error },
      'the page for browsers cannot be read; programs are served without it',
    );
    return noSite;
  });
  const server = await WebServer.open(
    { ...served({ box, feed, log }, language), access, guide, site, phones: box.phones, hostNames: () => names },
    encrypted
      ? {
          https: { address, port, ...certificate.current },
          http: plainPort === null ? null : { address, port: plainPort, onlyRedirects: true },
        }
      : { https: null, http: { address, port, onlyRedirects: false } },
  ).catch((error: unknown) => {
    log.error({ code: 'webUnavailable', error, address, port }, 'the box cannot be reached by browsers and programs');
    return null;
  });
  if (server) log.info({ ports: server.ports }, 'the box can be reached by browsers and programs');
  return server;
}

/** The box as it is served locally. */
export const webConsole = (place: Pick<WebPlace, 'box' | 'feed' | 'log'>, language: Language): ConsoleApp =>
  consoleApp(served(place, language));

const served = ({ box, feed, log }: Pick<WebPlace, 'box' | 'feed' | 'log'>, language: Language) => ({
  box,
  operations,
  feed,
  metrics: () => [...metricsOf(box.state()), ...phoneMetrics(box)],
  health: () => healthOf(box.state()),
  language,
  log,
});

const healthOf = ({ trunksDown, settings, closures }: ReturnType<StateBox['state']>) =>
  trunksDown > 0 || settings !== 'sound' || closures.includes('recordUnavailable') ? 'degraded' : 'ok';

const metricsOf = ({ phones, trunksUp, trunksDown, calls, moderators }: ReturnType<StateBox['state']>) => [
  gauge('phones_registered', 'Registered phones.', phones),
  gauge('trunks_up', 'Trunks that can take calls.', trunksUp),
  gauge('trunks_down', 'Trunks that cannot take calls.', trunksDown),
  gauge('calls_active', 'Calls in which two parties talk.', calls),
  gauge('moderators_active', 'Moderators in the dialogue or in a call.', moderators),
];

const phoneMetrics = ({ phones }: Pick<Box, 'phones'>) => [
  {
    name: 'phone_guesses_total',
    help: 'Requests for the configuration of a phone with a secret that none has.',
    type: 'counter' as const,
    samples: [{ value: phones.guesses }],
  },
];

const gauge = (name: string, help: string, value: number) =>
  ({ name, help, type: 'gauge', samples: [{ value }] }) as const;
