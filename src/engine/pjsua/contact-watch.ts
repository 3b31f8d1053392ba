import type { Call } from 'node-pjsua2';
import type { ContactId } from '../../primitives/ids.js';
import type { EngineEvent } from '../engine.js';

/** By then an INVITE has been sent four times (RFC 3261, 17.1.1.2). */
const silentMs = 3_500;
/** Between two probes of a phone that does not respond. */
const againMs = 30_000;

/** Finds phones that are registered but gone: one that does not respond to a call is probed with OPTIONS until it answers. */
export class ContactWatch {
  readonly #ask: (contact: ContactId) => Promise<void> | undefined;
  readonly #emit: (event: EngineEvent) => void;
  readonly #silent = new Map<ContactId, NodeJS.Timeout | undefined>();
  #isStopped = false;

  /** @param ask rejects when nobody answers; undefined for a contact that is not bound any more */
  constructor(ask: (contact: ContactId) => Promise<void> | undefined, emit: (event: EngineEvent) => void) {
    this.#ask = ask;
    this.#emit = emit;
  }

  /** Watches a call of ours, which shows whether this contact is still there. */
  follow(contact: ContactId, call: Call): void {
    const since = performance.now();
    let isThere = false;
    for (const sign of ['trying', 'progress', 'answered'] as const)
      call.on(sign, () => {
        isThere = true;
        this.heard(contact);
      });
    call.on('ended', ({ cause }) => {
      if (isThere) return;
      if (cause === 'remote') this.heard(contact);
      else if (cause !== 'local' || performance.now() - since >= silentMs) this.#suspect(contact);
    });
  }

  heard(contact: ContactId): void {
    if (this.forget(contact)) this.#emit({ type: 'contactResponsive', contact });
  }

  /** Returns whether it was unresponsive. */
  forget(contact: ContactId): boolean {
    clearTimeout(this.#silent.get(contact));
    return this.#silent.delete(contact);
  }

  /** Calls that end from now on are ended by the box, and a question left over would keep the process alive. */
  stop(): void {
    this.#isStopped = true;
    for (const contact of this.#silent.keys()) this.forget(contact);
  }

  #suspect(contact: ContactId): void {
    if (this.#isStopped || this.#silent.has(contact)) return;
    const question = this.#ask(contact);
    if (!question) return;
    this.#silent.set(contact, undefined);
    this.#emit({ type: 'contactUnresponsive', contact });
    this.#await(contact, question);
  }

  #await(contact: ContactId, question: Promise<void> | undefined): void {
    question?.then(
      () => this.heard(contact),
      () => {
        if (!this.#silent.has(contact)) return;
        // Heard of and silent again while a question was on its way, it was asked twice.
        clearTimeout(this.#silent.get(contact));
        this.#silent.set(
          contact,
          setTimeout(() => this.#await(contact, this.#ask(contact)), againMs),
        );
      },
    );
  }
}
