import type { Gateway } from '../../gateway/gateway.js';
import { AdminError } from '../../store/admin-error.js';
import type { BrowserPhone, Browsers } from './browsers.js';
import { noSuchMonitor } from './no-such-monitor.js';

interface BrowserPlace {
  readonly gateway: Pick<Gateway, 'world' | 'dispatch'>;
  readonly browsers: Browsers;
}

/** The browsers that are called for moderators, each by the serial of its dialogue. */
export class BrowserCalls {
  readonly #phones = new Map<number, BrowserPhone>();

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
  async offer(session: number, phone: BrowserPhone): Promise<string> {
    this.#forgetEnded();
    this.#phones.set(session, phone);
    try {
      return await phone.offer();
    } catch {
      this.#end(session);
      throw unavailable('browserFailed');
    }
  }

  async answer(session: number, sdp: string, address: string | null): Promise<void> {
    const phone = this.#phones.get(session);
    if (!phone) throw noSuchMonitor(session);
    await phone.answer(sdp, address).catch(() => {
      throw unavailable('browserFailed');
    });
  }

  #forgetEnded(): void {
    const running = new Set(this.#sessions.map(({ serial }) => serial));
    for (const session of this.#phones.keys()) if (!running.has(session)) this.#phones.delete(session);
  }

  #lost(): void {
    this.#phones.clear();
    for (const { serial, asked } of this.#sessions) if (asked?.on === 'browser') this.#end(serial);
  }

  #end(session: number): void {
    this.place.gateway.dispatch({ type: 'monitorEnded', session, reason: 'browserLost' });
  }

  get #sessions() {
    return [...this.place.gateway.world.monitoring.sessions.values()];
  }
}

const unavailable = (why: 'noBrowser' | 'browserFailed' | 'browsersTaken'): AdminError =>
  new AdminError({ code: `live.${why}` }, { kind: 'unavailable' });
