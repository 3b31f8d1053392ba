import type { EventKind } from '../../admin/event-kinds.js';
import type { Caller, Role } from '../../admin/operation.js';
import type { BoxClock } from '../../gateway/clock.js';
import { withoutOneTimeCodes } from '../../primitives/one-time-codes.js';
import type { Feed, LiveEvent } from '../../web/events/feed.js';

/** Who sees what as it happens. What a moderator may see of calls depends on profiles, so they see none here but their own listening. */
const audience: Readonly<Record<EventKind, readonly Role[]>> = {
  calls: ['admin', 'read'],
  monitors: ['admin', 'council'],
  callHandling: ['admin', 'read'],
  registrations: ['admin', 'read'],
  lamps: ['admin', 'read'],
  licence: ['admin', 'read'],
  phones: ['admin', 'read'],
  settings: ['admin', 'read', 'council'],
  log: ['admin'],
};

/** What happens in the box, for those who watch it. */
export class BoxFeed implements Feed {
  readonly #listeners = new Set<(event: LiveEvent) => void>();

  constructor(private readonly clock: BoxClock) {}

  subscribe(listener: (event: LiveEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A line of the log, which is JSON. */
  publishLine(line: string): void {
    if (this.#listeners.size === 0) return;
    const { time, ...data }: Record<string, unknown> = JSON.parse(withoutOneTimeCodes(line));
    this.publish('log', data);
  }

  /** Costs a call nothing while nobody watches. */
  publish(kind: EventKind, data: LiveEvent['data']): void {
    if (this.#listeners.size === 0) return;
    const isFor = (caller: Caller) =>
      audience[kind].some((role) => caller.roles.has(role)) || isOwn[kind]?.(data, caller) === true;
    const event: LiveEvent = { kind, at: new Date(this.clock.wall.time).toISOString(), data, isFor };
    for (const listener of this.#listeners) listener(event);
  }
}

/** Whoever is asked to let a moderator in sees that, and what comes of it. */
const isAsked = ({ type, member, other }: LiveEvent['data'], extension: string): boolean =>
  (type === 'admissionAsked' || type === 'letIn' || type === 'admissionEnded') &&
  (member === extension || other === extension);

/** Whoever has asked for a moderator sees what comes of it. */
const hasAskedForHelp = ({ type, member }: LiveEvent['data'], extension: string): boolean =>
  (type === 'helpAsked' || type === 'helpGiven' || type === 'helpEnded') && member === extension;

/** What somebody sees because it is about themselves. */
const isOwn: { readonly [Kind in EventKind]?: (data: LiveEvent['data'], caller: Caller) => boolean } = {
  monitors: (data, { roles, extension }) =>
    extension !== null &&
    ((roles.has('moderator') && data.moderator === extension) ||
      isAsked(data, extension) ||
      hasAskedForHelp(data, extension)),
  callHandling: (data, { extension }) => extension !== null && data.extension === extension,
};
