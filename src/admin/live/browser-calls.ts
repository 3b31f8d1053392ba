import type { Gateway } from '../../gateway/gateway.js';
import type { Dismissal } from '../../monitoring/records.js';
import { AdminError } from '../../store/admin-error.js';
import type { Caller } from '../operation.js';
import type { BrowserPhone, Browsers } from './browsers.js';
import { noSuchMonitor } from './no-such-monitor.js';

interface BrowserPlace {
  readonly gateway: Pick<Gateway, 'world' | 'dispatch'>;
  readonly browsers: Browsers;
}

/** A browser that is called, and the page there, which says every few seconds that it still hears. */
interface Page {
  readonly phone: BrowserPhone;
  readonly of: string;
  readonly silence: NodeJS.Timeout;
}

/** Long enough for a short loss of the network; a page that says nothing for longer is gone, and its listening must not outlive it. */
const patienceMs = 10_000;

/** The browsers that are called for moderators, each by the serial of its dialogue. */
export class BrowserCalls {
  readonly #pages = new Map<number, Page>();
  /** Those that were lost the last time, so that whoever answers after that is told what has happened. */
  #cut: ReadonlySet<number> = new Set();

  constructor(private readonly place: BrowserPlace) {
    place.browsers.onLost(() => this.#lost());
  }

  /** @throws AdminError where there is none, or none that is free. */
  async take(): Promise<BrowserPhone> {
    const { browsers } = this.place;
    if (!browsers.isThere) throw unavailable('noBrowser');
    const phone = await browsers.take().catch(() => {
      throw unavailable('browserFailed');
    });
    if (!phone) throw unavailable('browsersTaken');
    return phone;
  }

  /** What the browser is offered that is called for this dialogue. */
  async offer(session: number, phone: BrowserPhone, caller: Caller): Promise<string> {
    this.#expect(session, phone, caller);
    try {
      return await phone.offer();
    } catch {
      this.#forget(session);
      this.#end(session, 'browserLost');
      throw unavailable('browserFailed');
    }
  }

  async answer(session: number, sdp: string, caller: Caller): Promise<void> {
    const page = this.#pages.get(session);
    if (!page) throw this.gone(session);
    this.#expect(session, page.phone, caller);
    await page.phone.answer(sdp, caller.address ?? null).catch(() => {
      throw unavailable('browserFailed');
    });
  }

  /** Why there is nothing to answer. */
  gone(session: number): AdminError {
    return this.#cut.has(session) ? unavailable('browserLost') : noSuchMonitor(session);
  }

  /**
   * The page is still there in which the call is heard.
   * @throws AdminError for any other page, and once it was taken for gone.
   */
  stay(session: number, caller: Caller): void {
    const page = this.#pages.get(session);
    if (page?.of !== nameOf(caller)) throw noSuchMonitor(session);
    this.#expect(session, page.phone, caller);
  }

  #expect(session: number, phone: BrowserPhone, caller: Caller): void {
    this.#forget(session);
    // A box that stops has ended all calls, and does not wait for that.
    const silence = setTimeout(() => this.#gone(session, phone), patienceMs).unref();
    this.#pages.set(session, { phone, of: nameOf(caller), silence });
  }

  #forget(session: number): void {
    clearTimeout(this.#pages.get(session)?.silence);
    this.#pages.delete(session);
  }

  /** Whoever has taken over a call is in no dialogue any more, but must not leave the other one in silence. */
  #gone(session: number, phone: BrowserPhone): void {
    this.#pages.delete(session);
    if (this.#sessions.some(({ serial }) => serial === session)) this.#end(session, 'pageGone');
    else phone.hangUp();
  }

  #lost(): void {
    this.#cut = new Set(this.#pages.keys());
    for (const session of this.#cut) this.#forget(session);
    for (const { serial, asked } of this.#sessions) if (asked?.on === 'browser') this.#end(serial, 'browserLost');
  }

  #end(session: number, reason: Dismissal): void {
    this.place.gateway.dispatch({ type: 'monitorEnded', session, reason });
  }

  get #sessions() {
    return [...this.place.gateway.world.monitoring.sessions.values()];
  }
}

/** Each time that somebody signs in has pages of its own. */
const nameOf = ({ kind, name, login = '' }: Caller): string => `${kind} ${name} ${login}`;

const unavailable = (why: 'noBrowser' | 'browserFailed' | 'browserLost' | 'browsersTaken'): AdminError =>
  new AdminError({ code: `live.${why}` }, { kind: 'unavailable' });
