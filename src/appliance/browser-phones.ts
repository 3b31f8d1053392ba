import { randomBytes } from 'node:crypto';
import type { BrowserPhone, Browsers } from '../admin/live/browsers.js';
import { Janus, type Taken } from '../browser-phone/janus.js';
import { findJanus, removeLeftFolders } from '../browser-phone/janus-folder.js';
import { withAddress } from '../browser-phone/own-candidates.js';
import type { EngineAddress } from '../engine/engine.js';
import type { PjsuaEngine } from '../engine/pjsua/pjsua-engine.js';
import type { Log } from '../log/log.js';
import { type ContactId, extensionNumber } from '../primitives/ids.js';
import { Supervised } from './supervised.js';

/** Moderators who listen in browsers at the same time. */
const mostBrowsers = 32;
/** A small board that is busy takes seconds to start Janus and to register with itself. */
const patienceMs = 10_000;
const anyAddress = '0.0.0.0';

/** No extension can be called so, and the password of each start is another one. */
const accounts = Array.from({ length: mostBrowsers }, (_, index) => ({
  username: `browser-${index + 1}`,
  password: randomBytes(32).toString('base64url'),
}));

/** Browsers as telephones, by Janus, which is started when it is needed first. */
export class BrowserPhones implements Browsers {
  readonly #contacts = new Map<string, ContactId>();
  readonly #bound = new Set<() => void>();
  readonly #lost = new Set<() => void>();
  readonly #waiting: (() => void)[] = [];
  #isLost = false;
  #janus: Promise<Supervised<Janus>> | null = null;

  private constructor(
    readonly isThere: boolean,
    private readonly box: { readonly address: string; readonly port: number },
    private readonly log: Pick<Log, 'info' | 'error'>,
  ) {}

  /** @param addresses Where the box can be reached by SIP. */
  static async open(
    engine: Pick<PjsuaEngine, 'setBrowsers'>,
    addresses: readonly EngineAddress[],
    log: Pick<Log, 'info' | 'error'>,
  ): Promise<BrowserPhones> {
    const udp = addresses.find(({ protocol }) => protocol === 'udp');
    const isThere = udp !== undefined && (await findJanus()) !== undefined;
    const address = udp === undefined || udp.address === anyAddress ? '127.0.0.1' : udp.address;
    await removeLeftFolders();
    const phones = new BrowserPhones(isThere, { address, port: udp?.port ?? 0 }, log);
    if (isThere)
      engine.setBrowsers({
        accounts: accounts.map(({ username, password }) => ({
          number: extensionNumber(username),
          password,
          digest: ['MD5'],
        })),
        onBound: (username, contact) => phones.#registered(username, contact),
      });
    return phones;
  }

  onLost(listener: () => void): void {
    this.#lost.add(listener);
  }

  take(): Promise<BrowserPhone | null> {
    return this.#told(() => this.#take());
  }

  async stop(): Promise<void> {
    const janus = await this.#janus?.catch(() => null);
    await janus?.stop();
  }

  async #take(): Promise<BrowserPhone | null> {
    const janus = await this.#started();
    await this.#untilBack();
    const taken = await janus.attendant.take(accounts);
    if (!taken) return null;
    try {
      return this.#phoneOf(taken, await this.#contactOf(taken.slot.username));
    } catch (error) {
      taken.slot.giveBack();
      throw error;
    }
  }

  #phoneOf({ slot, turn }: Taken, contact: ContactId): BrowserPhone {
    return {
      to: { kind: 'contact', extension: extensionNumber(slot.username), contact },
      offer: () => this.#told(() => slot.offer()),
      answer: (sdp, address) => this.#told(() => slot.answer(address === null ? sdp : withAddress(sdp, address))),
      hangUp: () => slot.hangUp(turn),
      giveBack: () => slot.giveBack(),
    };
  }

  /** Whoever asks is only told that it failed: why stands in the log. */
  async #told<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      this.log.error({ code: 'browserFailed', error }, 'somebody cannot listen in a browser');
      throw error;
    }
  }

  async #started(): Promise<Supervised<Janus>> {
    this.#janus ??= Supervised.start({
      begin: () => Janus.start(this.box),
      onLost: (reason, pauseMs) => {
        this.log.error(
          { code: 'browserPhonesLost', reason, pauseMs },
          'nobody can listen in a browser; it starts again',
        );
        // What comes next registers anew.
        this.#contacts.clear();
        this.#isLost = true;
        for (const listener of this.#lost) listener();
      },
      onBack: () => {
        this.#isLost = false;
        for (const go of this.#waiting.splice(0)) go();
        this.log.info('listening in a browser is possible again');
      },
    });
    try {
      return await this.#janus;
    } catch (error) {
      this.#janus = null;
      throw error;
    }
  }

  /** Whoever asks while it starts again waits a little rather than in vain. */
  #untilBack(): Promise<void> {
    if (!this.#isLost) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      setTimeout(resolve, patienceMs).unref();
    });
  }

  #registered(username: string, contact: ContactId): void {
    this.#contacts.set(username, contact);
    for (const listener of [...this.#bound]) listener();
  }

  #contactOf(username: string): Promise<ContactId> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const contact = this.#contacts.get(username);
        if (contact === undefined) return;
        clearTimeout(timer);
        this.#bound.delete(look);
        resolve(contact);
      };
      const timer = setTimeout(() => {
        this.#bound.delete(look);
        reject(new Error(`${username} does not register`));
      }, patienceMs);
      this.#bound.add(look);
      look();
    });
  }
}
