import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Language, languages } from '../../primitives/language.js';
import { AdminError } from '../admin-error.js';
import { hasCode, makeFolder, syncFolder, writeDurably } from '../files/durable-file.js';
import { InTurn } from '../in-turn.js';
import { Versioned } from '../versioned.js';
import { isTelephoneHeader, promptFileNames } from './prompt-files.js';

/** Speech that is replaced by the admin's own. */
export interface OwnPrompt {
  readonly language: Language;
  readonly name: string;
}

/** The speech files of the admin's own, as they lie in the data folder. The next start speaks them. */
export class OwnPrompts {
  readonly #changes = new InTurn();

  readonly versions = new Versioned(async () =>
    Promise.all((await this.list()).map(async (prompt) => [prompt, await this.#marks(prompt)])),
  );

  constructor(private readonly folder: string) {}

  async list(): Promise<readonly OwnPrompt[]> {
    const found = languages.map(async (language) => {
      const files = await readdir(join(this.folder, language)).catch((error: unknown): string[] => {
        if (hasCode(error, 'ENOENT')) return [];
        throw error;
      });
      return promptFileNames.filter((name) => files.includes(`${name}.wav`)).map((name) => ({ language, name }));
    });
    return (await Promise.all(found)).flat();
  }

  /**
   * Puts a file in place of what is spoken by this name.
   * @throws AdminError for sound that telephones cannot speak.
   */
  set({ language, name }: OwnPrompt, wav: Buffer): Promise<void> {
    return this.#changes.run(async () => {
      if (!isTelephoneHeader(wav)) throw new AdminError({ code: 'prompt.notTelephoneSpeech' });
      await makeFolder(join(this.folder, language));
      await writeDurably(this.#path(language, name), wav);
    });
  }

  /**
   * Goes back to what Modcall speaks.
   * @throws AdminError where there is none of the admin's own.
   */
  remove({ language, name }: OwnPrompt): Promise<void> {
    return this.#changes.run(async () => {
      await rm(this.#path(language, name)).catch((error: unknown) => {
        if (hasCode(error, 'ENOENT')) throw new AdminError({ code: 'prompt.noneOfOwn' }, { kind: 'missing' });
        throw error;
      });
      await syncFolder(join(this.folder, language));
    });
  }

  /** What tells one file from another that has taken its place. */
  async #marks({ language, name }: OwnPrompt): Promise<readonly number[]> {
    const found = await stat(this.#path(language, name)).catch(() => null);
    return found ? [found.ino, found.size, found.mtimeMs] : [];
  }

  #path(language: Language, name: string): string {
    return join(this.folder, language, `${name}.wav`);
  }
}
