import { signal } from '@preact/signals';
import type { EventKind } from '../../../admin/event-kinds.js';
import { isConnected, watchEvents } from '../api/events.js';
import { Resource } from '../api/resource.js';
import { hasRole } from '../api/session.js';
import { type Source, type SourceName, sources } from './sources.js';

/** How often everything is asked for anew: that is for what no event tells, and for those who are told of none. */
const toldEveryMs = 30_000;
const untoldEveryMs = 2000;
/** After this time, whatever an event tells of has come about. */
const settlingMs = 1000;

type Resources = {
  readonly [Name in SourceName]: Resource<Awaited<ReturnType<(typeof sources)[Name]['ask']>>>;
};

/** The time of the box, by the second; it stands still while nobody knows what goes on there. */
export const boxTime = signal(Date.now());

/** What Live shows, kept as it is in the box. */
export class LiveData {
  readonly resources = Object.fromEntries(
    Object.entries<Source<unknown>>(sources).map(([name, { ask, restMs }]) => [name, new Resource(ask, restMs)]),
  ) as unknown as Resources;

  /** How far the clock of the box is ahead of the browser's, in milliseconds. */
  #aheadMs = 0;

  /** Whether the box has still to answer who talks, who listens, or how it is. */
  get isLoading(): boolean {
    const first = (['calls', 'monitors', 'state'] as const).filter((name) => hasRole(...sources[name].roles));
    return first.map((name) => this.resources[name]).some(({ value, problem }) => !value.value && !problem.value);
  }

  /** @returns what ends it. */
  follow(): () => void {
    const enders = [
      watchEvents(['calls', 'monitors', 'registrations', 'lamps', 'licence', 'settings'], (kind) => this.#follow(kind)),
      this.resources.state.value.subscribe((state) => {
        if (state) this.#aheadMs = Date.parse(state.time) - Date.now();
      }),
      every(1000, () => {
        if (isConnected.value) boxTime.value = Date.now() + this.#aheadMs;
      }),
      every(hasRole('read') ? toldEveryMs : untoldEveryMs, () => {
        if (document.visibilityState === 'visible') this.#refresh(null);
      }),
    ];
    return () => {
      for (const end of enders) end();
    };
  }

  /** What comes of an event may be there only a moment after it was told: a monitor, once the record has it. */
  #follow(kind: EventKind | null): void {
    this.#refresh(kind);
    setTimeout(() => this.#refresh(kind), settlingMs);
  }

  /** What events of this kind change; null for everything. */
  #refresh(kind: EventKind | null): void {
    for (const [name, { kinds, roles }] of Object.entries<Source<unknown>>(sources)) {
      const isConcerned = kind === null || kinds.includes(kind);
      if (isConcerned && hasRole(...roles)) this.resources[name as SourceName].refresh();
    }
  }
}

function every(ms: number, act: () => void): () => void {
  const timer = setInterval(act, ms);
  return () => clearInterval(timer);
}
