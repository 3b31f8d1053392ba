import { isDeepStrictEqual } from 'node:util';
import type { WebAddress } from '../../cli/start-options.js';
import type { Fault } from '../../store/settings/settings-faults.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import type { WebServer } from '../../web/web-server.js';
import { loadWeb } from './load-web.js';
import { portFaults } from './port-faults.js';
import type { WebPlace } from './web.js';

type WebSettings = Pick<Settings, 'web' | 'language'>;

/** Serves the box to browsers and programs where its settings say so, and moves when they say otherwise. */
export class WebFace {
  #present: WebSettings = { web: null, language: 'en' };
  #server: WebServer | null = null;
  #last: Promise<void> = Promise.resolve();
  #isStopped = false;

  /** @param onServed Told each time browsers and programs can reach the box at a new place. */
  constructor(
    private readonly place: WebPlace,
    private readonly onServed: () => void,
  ) {
    place.certificate.onChange(() => this.#server?.setCertificate(place.certificate.current));
  }

  /** Where the box is served now; null where it is not. */
  get served(): Settings['web'] {
    return this.#server && this.#present.web;
  }

  /** Whatever is in the way, such as a taken port, is said and stops nothing else: the box is served where it was before. */
  follow({ web, language }: WebSettings): Promise<void> {
    this.#last = this.#last.then(() => this.#follow({ web, language }));
    return this.#last;
  }

  /** Where browsers and programs reach the box; null where they do not. */
  get address(): WebAddress | null {
    const { http = null, https = null } = this.#server?.ports ?? {};
    const port = https ?? http;
    const address = this.#present.web?.address;
    return address === undefined || port === null ? null : { address, port, encrypted: https !== null };
  }

  /** What is wrong with the ports that these settings want. One that the box has already is not taken. */
  async obstacles({ web }: Pick<Settings, 'web'>): Promise<readonly Fault[]> {
    if (web === null || isDeepStrictEqual(web, this.#present.web)) return [];
    const { http = null, https = null } = this.#server?.ports ?? {};
    const { address, port, plainPort, encrypted } = web;
    const wanted = { port: this.place.webPort === null ? port : null, plainPort: encrypted ? plainPort : null };
    return portFaults(address, wanted, new Set([http, https]));
  }

  /** What keeps browsers and programs out where the settings want them in, as far as it is known; empty where they are served. */
  async hindrances(): Promise<readonly Fault[]> {
    const { web } = this.#present;
    if (web === null || this.#server) return [];
    const { address, port, plainPort, encrypted } = web;
    const wanted = { port: this.place.webPort ?? port, plainPort: encrypted ? plainPort : null };
    return portFaults(address, wanted, new Set()).catch(() => []);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#last;
    await this.#server?.stop();
  }

  async #follow(wanted: WebSettings): Promise<void> {
    if (this.#isStopped || isDeepStrictEqual(wanted, this.#present)) return;
    const before = this.#present;
    if (this.#server && isDeepStrictEqual(wanted.web, before.web)) {
      this.#server.setLanguage(wanted.language);
      this.#present = wanted;
      return;
    }
    // Whoever has asked for the change gets an answer yet; the port is free at once.
    this.#server?.leave();
    this.#server = await this.#open(wanted);
    this.#present = wanted;
    if (this.#server || !wanted.web || !before.web) return;
    this.#server = await this.#open(before);
    this.#present = before;
  }

  async #open({ web, language }: WebSettings): Promise<WebServer | null> {
    if (web === null) return null;
    try {
      const { openWeb } = await loadWeb();
      const server = await openWeb(web, language, this.place);
      if (server) this.onServed();
      return server;
    } catch (error) {
      this.place.log.error({ code: 'webUnavailable', error }, 'the box cannot be served to browsers and programs');
      return null;
    }
  }
}
