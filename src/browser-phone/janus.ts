import { setTimeout as pause } from 'node:timers/promises';
import { type BoxAddress, type BrowserAccount, BrowserSlot } from './browser-slot.js';
import { JanusApi } from './janus-api.js';
import { findJanus, type JanusFolder, makeJanusFolder } from './janus-folder.js';
import { JanusProcess } from './janus-process.js';

const startPatienceMs = 10_000;
const tryEveryMs = 10;

/** A telephone, and whose turn it is. */
export interface Taken {
  readonly slot: BrowserSlot;
  readonly turn: number;
}

/** Janus as it runs, with the telephones that are browsers. */
export class Janus {
  readonly #slots = new Set<BrowserSlot>();

  private constructor(
    private readonly folder: JanusFolder,
    private readonly process: JanusProcess,
    private readonly api: JanusApi,
    private readonly box: BoxAddress,
  ) {}

  static async start(box: BoxAddress): Promise<Janus> {
    const parts = await findJanus();
    if (parts === undefined) throw new Error('janus is not installed');
    const folder = await makeJanusFolder(parts, box.address);
    const process = new JanusProcess(folder.path);
    try {
      const api = await connected(folder, process);
      process.onLost(() => void folder.remove());
      // A process that goes on without what it was started for helps nobody: another one takes its place.
      api.onLost((reason) => process.fail(reason));
      return new Janus(folder, process, api, box);
    } catch (error) {
      await process.stop();
      await folder.remove();
      throw error;
    }
  }

  /** A free telephone among these accounts; null if all are taken. */
  async take(accounts: readonly BrowserAccount[]): Promise<Taken | null> {
    const slots = [...this.#slots];
    const free = slots.find(({ isFree }) => isFree);
    if (free) return { slot: free, turn: free.take() };
    const account = accounts.find(({ username }) => slots.every((slot) => slot.username !== username));
    if (!account) return null;
    const slot = new BrowserSlot(this.api, account);
    const turn = slot.take();
    this.#slots.add(slot);
    try {
      await slot.register(this.box);
    } catch (error) {
      this.#slots.delete(slot);
      throw error;
    }
    return { slot, turn };
  }

  onLost(listener: (reason: string) => void): void {
    this.process.onLost(listener);
  }

  async stop(): Promise<void> {
    const stopped = this.process.stop();
    this.api.close();
    await stopped;
    await this.folder.remove();
  }
}

/** Its API takes a moment to be there. */
async function connected({ socket }: JanusFolder, process: JanusProcess): Promise<JanusApi> {
  const deadline = performance.now() + startPatienceMs;
  for (;;) {
    try {
      return await JanusApi.open(socket);
    } catch (error) {
      if (process.whyEnded !== null) throw new Error(process.whyEnded);
      if (performance.now() > deadline) throw error;
      await pause(tryEveryMs);
    }
  }
}
