import { setTimeout as pause } from 'node:timers/promises';
import { type BoxAddress, type BrowserAccount, BrowserSlot } from './browser-slot.js';
import { JanusApi } from './janus-api.js';
import { findJanus, type JanusFolder, makeJanusFolder } from './janus-folder.js';
import { JanusProcess } from './janus-process.js';

const startPatienceMs = 10_000;
const tryEveryMs = 10;

/** Janus as it runs, with the telephones that are browsers. */
export class Janus {
  readonly #slots: BrowserSlot[] = [];

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
      return new Janus(folder, process, api, box);
    } catch (error) {
      await process.stop();
      await folder.remove();
      throw error;
    }
  }

  /** A free telephone among these accounts; null if all are taken. */
  async take(accounts: readonly BrowserAccount[]): Promise<BrowserSlot | null> {
    const free = this.#slots.find(({ isFree }) => isFree);
    if (free) {
      free.take();
      return free;
    }
    const account = accounts[this.#slots.length];
    if (!account) return null;
    const slot = new BrowserSlot(this.api, account);
    this.#slots.push(slot);
    slot.take();
    await slot.register(this.box);
    return slot;
  }

  onLost(listener: (reason: string) => void): void {
    this.process.onLost(listener);
  }

  async stop(): Promise<void> {
    this.api.close();
    await this.process.stop();
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
