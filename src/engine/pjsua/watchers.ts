import type { Registrar, Subscribed, SubscriptionId } from 'node-pjsua2';
import { type BusyLamp, type LampSubject, letInCode, listeningTo } from '../../primitives/busy-lamp.js';
import { extensionNumber } from '../../primitives/ids.js';
import { dialogInfo, dialogInfoType } from './dialog-info.js';

/** A phone that watches a number. */
interface Watcher {
  readonly resource: string;
  readonly subject: LampSubject;
  version: number;
  /** What it was told last; null for one that has to be told again. */
  told: BusyLamp | null;
  /** Until then it is told nothing else. */
  isBusy: boolean;
  timer: NodeJS.Timeout | undefined;
}

/** Between two NOTIFYs to a watcher: the newest state goes last, whatever there was in between (RFC 6665, 4.2.2). */
export const pauseMs = 1_000;

/** So many are told at a time; what happens in calls has its turn before the next ones. */
export const mostAtOnce = 16;

/** The phones that watch something, and what the lamps of their keys show. */
export class PjsuaWatchers {
  readonly #registrar: Pick<Registrar, 'notify' | 'on'>;
  readonly #host: string;
  readonly #watchers = new Map<SubscriptionId, Watcher>();
  readonly #lamps = new Map<LampSubject, BusyLamp>();
  /** Those who may have to be told something. */
  readonly #due = new Set<SubscriptionId>();

  /** @param host In the URIs of what is watched. */
  constructor(registrar: Pick<Registrar, 'notify' | 'on'>, host: string) {
    this.#registrar = registrar;
    this.#host = host;
    registrar.on('subscribed', (told) => this.#subscribed(told));
    registrar.on('unsubscribed', ({ subscription }) => this.#forget(subscription));
  }

  show(subject: LampSubject, lamp: BusyLamp): void {
    if (lamp === 'idle') this.#lamps.delete(subject);
    else this.#lamps.set(subject, lamp);
    for (const [subscription, watcher] of this.#watchers) if (watcher.subject === subject) this.#tellSoon(subscription);
  }

  stop(): void {
    for (const subscription of [...this.#watchers.keys()]) this.#forget(subscription);
  }

  /** A refresh, and the end of a subscription, are answered by the whole state, too. */
  #subscribed({ subscription, username, resource }: Subscribed): void {
    const known = this.#watchers.get(subscription);
    const subject = resource === letInCode ? listeningTo(username) : extensionNumber(resource);
    const watcher = known ?? { resource, subject, version: 0, told: null, isBusy: false, timer: undefined };
    watcher.told = null;
    this.#watchers.set(subscription, watcher);
    this.#tellSoon(subscription);
  }

  #forget(subscription: SubscriptionId): void {
    clearTimeout(this.#watchers.get(subscription)?.timer);
    this.#watchers.delete(subscription);
  }

  #tellSoon(subscription: SubscriptionId): void {
    if (this.#due.size === 0) setImmediate(() => this.#tellNext());
    this.#due.add(subscription);
  }

  #tellNext(): void {
    for (const subscription of [...this.#due].slice(0, mostAtOnce)) {
      this.#due.delete(subscription);
      this.#tell(subscription);
    }
    if (this.#due.size > 0) setImmediate(() => this.#tellNext());
  }

  #tell(subscription: SubscriptionId): void {
    const watcher = this.#watchers.get(subscription);
    if (watcher === undefined) return;
    const lamp = this.#lamps.get(watcher.subject) ?? 'idle';
    if (watcher.isBusy || watcher.told === lamp) return;
    const document = dialogInfo(`sip:${encodeURIComponent(watcher.resource)}@${this.#host}`, lamp, watcher.version);
    watcher.version += 1;
    watcher.told = lamp;
    watcher.isBusy = true;
    const paused = new Promise<void>((resolve) => {
      watcher.timer = setTimeout(resolve, pauseMs);
    });
    // One that does not take it is told nothing more, and `unsubscribed` says so.
    const answered = this.#registrar.notify(subscription, dialogInfoType, document).catch(() => undefined);
    void Promise.all([paused, answered]).then(() => {
      watcher.isBusy = false;
      this.#tellSoon(subscription);
    });
  }
}
