import type { ContactId } from '../../primitives/ids.js';

/** A phone that can be told to fetch its configuration. */
export interface Listener {
  readonly id: string;
  readonly event: string;
  /** Its registrations. */
  readonly contacts: readonly ContactId[];
  /** Names what it would get now. */
  readonly digest: string;
}

export interface NewsPlace {
  /** The phones that would get something else by now than they have. */
  outdated(): readonly Listener[];
  /** Rejects unless the phone agrees. */
  tell(contact: ContactId, event: string): Promise<void>;
  onRefused(phone: string, error: unknown): void;
}

/** Somebody who changes one thing is about to change another. */
export const gatheredMs = 5_000;
/** A phone that is gone keeps the others waiting for seconds. */
const atOnce = 20;

/** Tells phones to fetch their configuration once the settings have changed it: each phone once for each configuration, whether or not it comes. */
export class PhoneNews {
  readonly #told = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly place: NewsPlace) {}

  /** The settings have changed. What changes soon after is told along with it. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#tellAll();
    }, gatheredMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Returns how many of its registrations have agreed. */
  async tell({ id, event, contacts, digest }: Listener): Promise<number> {
    this.#told.set(id, digest);
    const answers = await Promise.allSettled(contacts.map((contact) => this.place.tell(contact, event)));
    for (const answer of answers) if (answer.status === 'rejected') this.place.onRefused(id, answer.reason);
    return answers.filter(({ status }) => status === 'fulfilled').length;
  }

  async #tellAll(): Promise<void> {
    const outdated = this.place.outdated();
    const ids = new Set(outdated.map(({ id }) => id));
    for (const id of [...this.#told.keys()]) if (!ids.has(id)) this.#told.delete(id);
    const due = outdated.filter(({ id, digest, contacts }) => contacts.length > 0 && this.#told.get(id) !== digest);
    for (let first = 0; first < due.length; first += atOnce)
      await Promise.all(due.slice(first, first + atOnce).map((phone) => this.tell(phone)));
  }
}
