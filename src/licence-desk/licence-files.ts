import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ClockMemory } from '../licensing/clock-memory.js';
import { largestLicenceText } from '../licensing/licence-key.js';
import type { BoxKey, BoxPublicKey } from '../store/box-key.js';
import { hasCode, makeFolder, syncFolder, writeDurably } from '../store/files/durable-file.js';
import { FileTooLarge, readRegular } from '../store/files/regular-file.js';
import { inTime, NotInTime } from '../store/in-time.js';

/** The key that unlocks monitoring, and the server licence key it may be bound to. */
export const keySlots = ['licence', 'server'] as const;
export type KeySlot = (typeof keySlots)[number];

const fileNames: Readonly<Record<KeySlot, string>> = { licence: 'licence.txt', server: 'server-licence.txt' };
const clockFile = 'clock.json';
const clockMemory = z.object({ latest: z.number(), keyIssued: z.number(), signature: z.string() });
const blockListFile = 'block-list.txt';

/** What is kept of licences in the data folder. */
export class LicenceFiles {
  /** Under way, by path: each takes one of the few threads that ask the disk, for as long as that does not answer. */
  private readonly readings = new Map<string, Promise<string | undefined>>();

  /**
   * @param folder Created if it does not exist.
   * @param boxKey Signs the memory of the box's clock; a command that runs beside the box can only verify that. Null if there is none.
   */
  constructor(
    readonly folder: string,
    private readonly boxKey: BoxKey | BoxPublicKey | null,
  ) {}

  async prepare(): Promise<void> {
    await promptly(this.folder, () => makeFolder(this.folder));
  }

  /** The file's text; undefined if there is none. */
  key(slot: KeySlot): Promise<string | undefined> {
    return this.read(this.path(slot));
  }

  /** A previous key is kept beside it. */
  async putKey(slot: KeySlot, text: string): Promise<void> {
    const before = await this.key(slot);
    if (before !== undefined && before !== text) await writeDurably(this.previousPath(slot), before);
    await writeDurably(this.path(slot), text).catch(async (error: unknown) => {
      // It may be in place all the same, and only not be sure to survive a power cut: what was refused is not to count.
      await this.putBack(slot, before).catch(() => undefined);
      throw error;
    });
  }

  /** Returns where the key is kept now; undefined when there was none. */
  async removeKey(slot: KeySlot): Promise<string | undefined> {
    try {
      await rename(this.path(slot), this.previousPath(slot));
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    }
    await syncFolder(this.folder).catch(async (error: unknown) => {
      await rename(this.previousPath(slot), this.path(slot)).catch(() => undefined);
      throw error;
    });
    return this.previousPath(slot);
  }

  private async putBack(slot: KeySlot, before: string | undefined): Promise<void> {
    if (before !== undefined) return writeDurably(this.path(slot), before);
    await rm(this.path(slot), { force: true });
    await syncFolder(this.folder);
  }

  /**
   * Undefined if there is none; a damaged one, or one that this box did not write, counts as none.
   * @throws NotInTime
   */
  async clock(): Promise<ClockMemory | undefined> {
    try {
      const text = await this.read(join(this.folder, clockFile));
      const { signature, ...memory } = clockMemory.parse(JSON.parse(text ?? ''));
      return this.boxKey?.isSigned('licence-clock', clockText(memory), signature) ? memory : undefined;
    } catch (error) {
      if (error instanceof NotInTime) throw error;
      return undefined;
    }
  }

  async putClock(memory: ClockMemory): Promise<void> {
    if (!this.boxKey || !('sign' in this.boxKey)) return;
    const signature = this.boxKey.sign('licence-clock', clockText(memory));
    await writeDurably(join(this.folder, clockFile), `${JSON.stringify({ ...memory, signature })}\n`);
  }

  /** The block list of an earlier build; empty if there is none. It has the vendor's own signature. */
  async blockList(): Promise<string> {
    return (await this.read(join(this.folder, blockListFile))) ?? '';
  }

  async putBlockList(text: string): Promise<void> {
    await writeDurably(join(this.folder, blockListFile), text);
  }

  /** Asks for a file once at a time, however often it is asked for while the disk does not answer. */
  private read(path: string): Promise<string | undefined> {
    const reading =
      this.readings.get(path) ??
      readLicenceFile(path).finally(() => {
        this.readings.delete(path);
      });
    this.readings.set(path, reading);
    return promptly(path, () => reading);
  }

  private path(slot: KeySlot): string {
    return join(this.folder, fileNames[slot]);
  }

  private previousPath(slot: KeySlot): string {
    return `${this.path(slot)}.previous`;
  }
}

/** The longest that a box waits for one of its licence files. */
const patienceMs = 2000;

function promptly<T>(path: string, part: () => Promise<T>): Promise<T> {
  return inTime(part, patienceMs, { code: 'start.leftOut.licence', params: { path } });
}

const clockText = ({ latest, keyIssued }: ClockMemory): string => `${latest} ${keyIssued}`;

/**
 * A licence file as text; undefined if there is none. A file that is too large is not read: the text returned for it is too large to be
 * read as a key.
 */
export async function readLicenceFile(path: string): Promise<string | undefined> {
  try {
    return await readRegular(path, largestLicenceText);
  } catch (error) {
    if (error instanceof FileTooLarge) return ' '.repeat(largestLicenceText + 1);
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
