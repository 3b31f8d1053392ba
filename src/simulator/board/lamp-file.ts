import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const pollMs = 20;
const maxBrightness = 255;

/** A lamp as in the kernel's LED class: a folder with `brightness`, into which the lamp's owner writes a number. */
export class LampFile {
  readonly #file: string;
  #watcher: FSWatcher | undefined;
  #poll: NodeJS.Timeout | undefined;
  #isLit = false;
  #onSwitch = () => {};

  private constructor(file: string) {
    this.#file = file;
  }

  /** Makes the folder, with the lamp dark. */
  static async open(folder: string): Promise<LampFile> {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'max_brightness'), `${maxBrightness}\n`);
    await writeFile(join(folder, 'trigger'), '[none]\n');
    await writeFile(join(folder, 'brightness'), '0\n');
    const lamp = new LampFile(join(folder, 'brightness'));
    lamp.#watch(folder);
    return lamp;
  }

  get isLit(): boolean {
    return this.#isLit;
  }

  onSwitch(listener: () => void): void {
    this.#onSwitch = listener;
  }

  close(): void {
    this.#watcher?.close();
    clearInterval(this.#poll);
  }

  #watch(folder: string): void {
    try {
      this.#watcher = watch(folder, () => this.#read());
      this.#watcher.on('error', () => this.#pollInstead());
    } catch {
      this.#pollInstead();
    }
  }

  /** For systems that have run out of watches. */
  #pollInstead(): void {
    this.#watcher?.close();
    this.#poll ??= setInterval(() => this.#read(), pollMs);
  }

  /** Synchronously: of two reads under way, the older one could finish last. */
  #read(): void {
    const text = contentOf(this.#file).trim();
    // Ignores the moment between truncating the file and writing into it.
    if (!/^\d+$/.test(text)) return;
    const isLit = Number(text) > 0;
    if (isLit === this.#isLit) return;
    this.#isLit = isLit;
    this.#onSwitch();
  }
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
