import { type FSWatcher, watch } from 'node:fs';
import { type BlockList, readBlockList } from '../licensing/block-list.js';
import type { HardwareId, KnownHardwareId } from '../licensing/hardware-id.js';
import { type Licence, serverProduct } from '../licensing/licence.js';
import { keyLines } from '../licensing/licence-file.js';
import { type KeyReading, plainLicenceKey, readLicenceKey, type Trust } from '../licensing/licence-key.js';
import {
  isKnown,
  judge,
  judgeServerKey,
  type KeptKey,
  type Refusal,
  sayTheSame,
  type Verdict,
  type VerdictInput,
  whyUnknown,
} from '../licensing/verdict.js';
import type { UnixTime } from '../primitives/time.js';
import { NotInTime } from '../store/in-time.js';
import { InTurn } from '../store/in-turn.js';
import { ClockKeeper, type Clocks } from './clock-keeper.js';
import { type KeySlot, keySlots, type LicenceFiles } from './licence-files.js';

/** Who the box is. */
export interface OwnIds {
  readonly hardwareId: KnownHardwareId;
  /** Other IDs for which licences of this box may have been issued. */
  readonly formerIds: readonly HardwareId[];
}

/** What the desk needs to know about its box. */
export interface LicenceDeskOptions extends Clocks, OwnIds {
  readonly files: LicenceFiles;
  readonly trust: Trust;
  /** The signed text that came with the product; empty for none. */
  readonly blockList: string;
  readonly isSimulatedBoard: boolean;
  readonly productVersion: string;
  readonly extensionsSetUp: () => number;
  /** The latest time in the audit record; null if there is none. */
  readonly latestKnown: UnixTime | null;
  /** A file that cannot be read or written; the desk goes on without it. One that is not read in time is asked for again. */
  readonly onError: (error: unknown) => void;
  /** That one which was not in time has been read after all. */
  readonly onBack: (error: NotInTime) => void;
}

export type EnterResult =
  | { readonly isAccepted: true; readonly slot: KeySlot; readonly keyNumber: number | null; readonly verdict: Verdict }
  | { readonly isAccepted: false; readonly refusal: Refusal };

export interface Explanation {
  readonly reading: KeyReading;
  /** As if the key were the one in use, on a real board. */
  readonly verdict: Verdict;
}

/** @param before The verdict told last; undefined at the start. */
type Listener = (verdict: Verdict, before: Verdict | undefined) => void;

interface SignedBlockList {
  readonly list: BlockList;
  readonly text: string;
}

const tickMs = 60_000;
/** While something is not read yet. */
const hastyTickMs = 5000;

/** What is read once, as soon as the disk gives it. */
const keptOnce = ['folder', 'clock', 'blockList'] as const;
type KeptOnce = (typeof keptOnce)[number];

/** Keeps the licence keys of the box and says what they allow at the moment. */
export class LicenceDesk {
  private readonly keys: Partial<Record<KeySlot, KeptKey>> = {};
  /** What the disk has not given in time yet. */
  private readonly late = new Map<KeptOnce | KeySlot, NotInTime>();
  private readonly wanted = new Set<KeptOnce>(keptOnce);
  private hasToRemember = false;
  private readonly listeners = new Set<Listener>();
  private own: OwnIds;
  private lastNotified: Verdict | undefined;
  private loading: Promise<void> = Promise.resolve();
  /** Files are not written twice at once. */
  private readonly changes = new InTurn();
  private watcher: FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isRunning = false;

  private constructor(
    private readonly options: LicenceDeskOptions,
    private readonly clock: ClockKeeper,
    private blockList: SignedBlockList | undefined,
  ) {
    const { hardwareId, formerIds } = options;
    this.own = { hardwareId, formerIds };
  }

  /** Never fails: without its files the box has no licence, but telephones. */
  static async open(options: LicenceDeskOptions): Promise<LicenceDesk> {
    const { files, latestKnown, blockList } = options;
    const clock = new ClockKeeper(options, files, latestKnown);
    const desk = new LicenceDesk(options, clock, blockListIn(blockList, options));
    await desk.reload();
    return desk;
  }

  get hardwareId(): KnownHardwareId {
    return this.own.hardwareId;
  }

  /** Call when the box has found out who it is, or that it cannot, after the desk was opened. */
  identify(own: OwnIds): void {
    this.own = own;
    this.notifyIfChanged();
  }

  /** What is allowed now. Cheap: ask at every attempt to monitor, so that expiry counts to the second. */
  verdict(): Verdict {
    return judge(this.verdictInput());
  }

  /** The same, and notifies listeners of a change that time or the clock has made: soon, but not within this call. */
  check(): Verdict {
    const verdict = this.verdict();
    if (this.isRunning && !this.hasNotified(verdict)) queueMicrotask(() => this.notifyIfChanged());
    return verdict;
  }

  /** The licence in use, whether or not it allows anything now. */
  licence(): Licence | undefined {
    const { licence } = this.keys;
    return licence !== 'unread' && licence?.ok ? licence.licence : undefined;
  }

  /** What a key would allow here; nothing is changed. */
  explain(text: string): Explanation {
    const reading = readLicenceKey(text, this.options.trust);
    return { reading, verdict: judge({ ...this.verdictInput(), key: reading, isSimulatedBoard: false }) };
  }

  /** Takes a key into use at once. One that would be refused is not taken, and the one in use stays. */
  enter(text: string): Promise<EnterResult> {
    return this.changes.run(() => this.take(text));
  }

  /** Takes both keys out of use; returns the paths where they are kept from now on. */
  remove(): Promise<string[]> {
    return this.changes.run(async () => {
      const removals = await Promise.allSettled(keySlots.map((slot) => this.options.files.removeKey(slot)));
      // One may be removed where the other cannot be.
      await this.reload();
      const kept = removals.map((removal) => {
        if (removal.status === 'rejected') throw removal.reason;
        return removal.value;
      });
      return kept.filter((path) => path !== undefined);
    });
  }

  private async take(text: string): Promise<EnterResult> {
    const { reading, verdict } = this.explain(text);
    const isServerKey = reading.ok && reading.licence.product === serverProduct;
    const refusal = isServerKey ? this.refusalOfServerKey(reading.licence) : refusalIn(verdict);
    if (refusal) return { isAccepted: false, refusal };
    const slot = isServerKey ? 'server' : 'licence';
    await this.options.files.putKey(slot, `${keyLines(plainLicenceKey(text) ?? text).join('\n')}\n`);
    await this.reload();
    const keyNumber = reading.ok ? reading.licence.keyNumber : null;
    return { isAccepted: true, slot, keyNumber, verdict: this.verdict() };
  }

  /** Reads the keys again, as after another process changed them. */
  reload(): Promise<void> {
    this.loading = this.loading.then(() => this.load());
    return this.loading;
  }

  /** Calls back with the verdict at the start and with each new one while the desk runs. Returns how to stop that. */
  onChange(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Call once when the box starts, before `start`: writes down what the next start must not fall behind. */
  async remember(): Promise<void> {
    this.hasToRemember = true;
    for (const what of ['clock', 'blockList'] as const) if (!this.wanted.has(what)) await this.rememberOne(what);
  }

  /** Begins to follow the clock and the files: what another process enters counts at once. */
  start(): void {
    this.isRunning = true;
    this.notifyIfChanged();
    this.follow();
    this.scheduleTick();
  }

  async stop(): Promise<void> {
    this.isRunning = false;
    this.watcher?.close();
    clearTimeout(this.timer);
    this.listeners.clear();
    await this.loading;
    await this.clock.write().catch(this.options.onError);
  }

  /** Call when something that the verdict depends on has changed, such as the number of extensions. */
  notifyIfChanged(): void {
    if (!this.isRunning) return;
    const [verdict, before] = [this.verdict(), this.lastNotified];
    if (this.hasNotified(verdict)) return;
    this.lastNotified = verdict;
    for (const listener of this.listeners) listener(verdict, before);
  }

  private hasNotified(verdict: Verdict): boolean {
    return this.lastNotified !== undefined && sayTheSame(verdict, this.lastNotified);
  }

  private refusalOfServerKey(licence: Licence): Refusal | undefined {
    const { hardwareId, formerIds } = this.own;
    return isKnown(hardwareId) ? judgeServerKey(licence, [hardwareId, ...formerIds]) : whyUnknown(hardwareId);
  }

  private async load(): Promise<void> {
    const { files } = this.options;
    // The folder first: the others are in it.
    await this.loadOnce(
      'folder',
      () => files.prepare(),
      () => {},
    );
    await Promise.all([
      this.loadOnce(
        'clock',
        () => files.clock(),
        (memory) => this.clock.recall(memory),
      ),
      this.loadOnce(
        'blockList',
        () => files.blockList(),
        (text) => this.recallBlockList(text),
      ),
      ...keySlots.map((slot) => this.loadKey(slot)),
    ]);
    this.notifyIfChanged();
  }

  /** What was known of a key stays as long as the disk does not say how it is now. */
  private async loadKey(slot: KeySlot): Promise<void> {
    const read = await this.inTime(slot, () => this.options.files.key(slot));
    if (read === 'late') this.keys[slot] ??= 'unread';
    else this.keys[slot] = read.found === undefined ? undefined : readLicenceKey(read.found, this.options.trust);
  }

  private async loadOnce<T>(
    what: KeptOnce,
    read: () => Promise<T>,
    take: (found: T | undefined) => void,
  ): Promise<void> {
    if (!this.wanted.has(what)) return;
    const answer = await this.inTime(what, read);
    if (answer === 'late') return;
    this.wanted.delete(what);
    take(answer.found);
    if (this.hasToRemember) await this.rememberOne(what);
  }

  private async rememberOne(what: KeptOnce): Promise<void> {
    const { files, onError } = this.options;
    if (what === 'clock') await this.clock.resume(this.licence()).catch(onError);
    if (what === 'blockList' && this.blockList) await files.putBlockList(this.blockList.text).catch(onError);
  }

  /** Going back to an older build unblocks nobody. */
  private recallBlockList(text = ''): void {
    const kept = blockListIn(text, this.options);
    if (kept && kept.list.number > (this.blockList?.list.number ?? 0)) this.blockList = kept;
  }

  /** What is read of a file; undefined where it cannot be read at all. */
  private async inTime<T>(
    what: KeptOnce | KeySlot,
    read: () => Promise<T>,
  ): Promise<'late' | { readonly found: T | undefined }> {
    const { onError, onBack } = this.options;
    const found = await read().catch((error: unknown) => {
      onError(error);
      return error instanceof NotInTime ? error : undefined;
    });
    if (found instanceof NotInTime) {
      this.late.set(what, found);
      return 'late';
    }
    const late = this.late.get(what);
    this.late.delete(what);
    if (late) onBack(late);
    return { found };
  }

  /** If the system cannot watch the folder, the tick reloads it. */
  private follow(): void {
    const { files, onError } = this.options;
    try {
      this.watcher = watch(files.folder, () => this.reload());
      this.watcher.on('error', onError);
    } catch (error) {
      onError(error);
    }
  }

  private scheduleTick(): void {
    if (!this.isRunning) return;
    const verdict = this.verdict();
    const usualMs = this.late.size > 0 ? hastyTickMs : tickMs;
    const untilEnd = verdict.isAllowed && verdict.ends !== undefined ? verdict.ends - this.options.now() : usualMs;
    this.timer = setTimeout(() => this.tick(), untilEnd > 0 ? Math.min(usualMs, untilEnd) : usualMs);
    this.timer.unref();
  }

  private async tick(): Promise<void> {
    await this.reload();
    await this.clock.writeIfDue().catch(this.options.onError);
    this.scheduleTick();
  }

  private verdictInput(): VerdictInput {
    const { isSimulatedBoard, productVersion, extensionsSetUp, now } = this.options;
    this.clock.advance(this.licence());
    return {
      key: this.keys.licence,
      serverKey: this.keys.server,
      blockList: this.blockList?.list,
      ...this.own,
      isSimulatedBoard,
      productVersion,
      extensionsSetUp: extensionsSetUp(),
      now: now(),
      clockMemory: this.clock.memory,
    };
  }
}

function refusalIn(verdict: Verdict): Refusal | undefined {
  return verdict.isAllowed ? undefined : verdict.refusal;
}

/** A list that the vendor did not sign blocks nobody. */
function blockListIn(text: string, { trust, onError }: LicenceDeskOptions): SignedBlockList | undefined {
  if (text === '') return undefined;
  const reading = readBlockList(text, trust);
  if (reading.ok) return { list: reading.list, text };
  onError(new Error(`A block list is not the vendor's (${reading.problem}); it is left out.`));
  return undefined;
}
