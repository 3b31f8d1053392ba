import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readWav } from 'node-pjsua2';
import type { Language } from '../../primitives/language.js';
import { promptNames } from '../../primitives/prompts.js';
import type { PromptLibrary, SpokenName } from '../prompt-library.js';
import { characterNames } from '../prompt-library.js';

/** The prompts of the languages in which somebody is spoken to. */
export class SpokenPrompts implements PromptLibrary {
  readonly #loaded = new Map<Language, ReadonlyMap<SpokenName, Int16Array>>();

  /** @param folders Each prompt is taken from the first of them that has `<language>/<name>.wav` (mono, 16 bit, at the clock rate). */
  constructor(
    private folders: readonly string[],
    private readonly clockRate: 8000 | 16000,
  ) {}

  /** Loads what is missing, one file after the other, so that calls go on meanwhile. Rejects where a file is missing or of another format. */
  async load(languages: Iterable<Language>): Promise<void> {
    for (const language of languages)
      if (!this.#loaded.has(language)) this.#loaded.set(language, await this.#load(language));
  }

  /** Takes them from these folders from now on. */
  async use(folders: readonly string[]): Promise<void> {
    this.folders = folders;
    for (const language of this.#loaded.keys()) this.#loaded.set(language, await this.#load(language));
  }

  samples(language: Language, name: SpokenName): Int16Array {
    const samples = this.#loaded.get(language)?.get(name);
    if (!samples) throw new Error(`The prompt ${language}/${name} was not loaded.`);
    return samples;
  }

  async #load(language: Language): Promise<ReadonlyMap<SpokenName, Int16Array>> {
    const names: readonly SpokenName[] = [...promptNames, ...characterNames];
    const files = filesIn(this.folders.map((folder) => join(folder, language)));
    const loaded = new Map<SpokenName, Int16Array>();
    for (const name of names) {
      const file = files.get(`${name}.wav`);
      if (file === undefined) throw new Error(`The prompt ${this.folders.at(-1)}/${language}/${name}.wav is missing.`);
      loaded.set(name, readWav(file, this.clockRate));
      await setImmediate();
    }
    return loaded;
  }
}

/** The path of each file by its name; the first folder wins. */
function filesIn(folders: readonly string[]): ReadonlyMap<string, string> {
  const there = folders.filter((folder) => existsSync(folder)).toReversed();
  return new Map(there.flatMap((folder) => readdirSync(folder).map((name) => [name, `${folder}/${name}`] as const)));
}
