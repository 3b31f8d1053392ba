import { type Identity, type IdentityPaths, noteHardwareId, readIdentity } from '../identity/identity.js';
import type { OwnIds } from '../licence-desk/licence-desk.js';
import { hardwareIdText, type IdPart } from '../licensing/hardware-id.js';
import { problemText } from '../locales/problem-text.js';
import { text } from '../locales/text.js';
import type { Log } from '../log/log.js';
import type { Language } from '../primitives/language.js';
import { AdminError } from '../store/admin-error.js';
import type { LeftOut } from './troubles.js';

/** The kernel answers at once; on other systems a program has to be run, and a slow disk has to load what reads all that. */
const patienceMs = 4000;

interface IntroductionPlace {
  readonly paths: IdentityPaths;
  readonly log: Log;
  readonly language: Language;
  readonly leftOut: Pick<LeftOut, 'orLate'>;
}

/**
 * Finds out who this box is and says so in the log: the hardware ID at every start, and what became of it when it is not that of the
 * start before. While it is unknown, monitoring has to wait; telephony does not.
 */
export class Introduction {
  #identity: Identity | undefined;
  #isGoingOn = true;
  #isStopped = false;
  #onOver: () => void = () => {};

  private constructor(private readonly place: IntroductionPlace) {}

  /** Waits for it no longer than a start can: what comes later counts from then on. */
  static async begin(place: IntroductionPlace): Promise<Introduction> {
    const introduction = new Introduction(place);
    await introduction.#begin();
    return introduction;
  }

  /** Undefined while it is not known. */
  get identity(): Identity | undefined {
    return this.#identity;
  }

  /** Whether the disk has not given it yet. */
  get isGoingOn(): boolean {
    return this.#isGoingOn;
  }

  /** For people; null while it is not known. */
  get hardwareId(): string | null {
    return this.#identity ? hardwareIdText(this.#identity.hardwareId) : null;
  }

  /** For whoever checks licences. */
  get ownIds(): OwnIds {
    const { hardwareId, formerIds = [] } = this.#identity ?? {};
    return { hardwareId: this.#isGoingOn ? 'unread' : hardwareId, formerIds };
  }

  /** Calls back once it is over, also where it is already: it may end while the start goes on. */
  onOver(listener: () => void): void {
    this.#onOver = listener;
    if (!this.#isGoingOn) listener();
  }

  /** From now on nothing is said or noted any more. */
  stop(): void {
    this.#isStopped = true;
  }

  async #begin(): Promise<void> {
    const { paths, leftOut } = this.place;
    const finding = readIdentity(paths).then(
      (identity) => this.#is(identity),
      (error) => this.#cannotBe(error),
    );
    await leftOut.orLate(finding, patienceMs, { code: 'start.leftOut.hardwareId' });
  }

  async #is(identity: Identity): Promise<void> {
    if (this.#isStopped) return;
    const { paths, log, language } = this.place;
    this.#identity = identity;
    const hardwareId = hardwareIdText(identity.hardwareId);
    log.info({ hardwareId, machine: identity.boardName ?? null, hostKey: identity.hostKey.path }, 'hardware ID');
    this.#isOver();
    if (!identity.isMarked)
      log.warn(
        { code: 'boardNotMarked', advice: text(language, 'advice.boardNotMarked') },
        'nothing distinguishes this board from others of its kind (no serial number, no network port of its own), as in a container that does not show the device tree',
      );
    const change = await noteHardwareId(paths, identity.hardwareId, identity.formerIds).catch((error: unknown) => {
      log.warn(reasonFor(error, language), 'the hardware ID cannot be noted for the next start');
      return undefined;
    });
    if (!change) return;
    const before = hardwareIdText(change.before);
    const advice = text(language, changeOf(change.parts), { before, now: hardwareId });
    log.warn({ before, hardwareId, changed: change.parts, advice }, 'the hardware ID has changed');
  }

  #cannotBe(error: unknown): void {
    if (this.#isStopped) return;
    const { log, language } = this.place;
    log.error(reasonFor(error, language), 'the hardware ID cannot be found out');
    this.#isOver();
  }

  #isOver(): void {
    this.#isGoingOn = false;
    this.#onOver();
  }
}

function reasonFor(error: unknown, language: Language) {
  return error instanceof AdminError ? { advice: problemText(language, error) } : { error };
}

function changeOf([part, ...more]: readonly IdPart[]) {
  if (more.length > 0) return 'identity.changed.both';
  return part === 'key' ? 'identity.changed.key' : 'identity.changed.cpu';
}
