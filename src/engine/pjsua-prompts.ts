import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readWav } from 'node-pjsua2';
import type { Language } from '../switchboard/wishes.js';
import { promptNames } from '../switchboard/wishes.js';
import type { PromptLibrary, SpokenName } from './prompt-library.js';
import { characterNames } from './prompt-library.js';

const languages: readonly Language[] = ['de', 'en'];

/**
 * Loads every prompt of both languages, each from the first folder that has `<language>/<name>.wav` (mono, 16 bit, at the clock
 * rate). Throws for a file that is missing everywhere or has another format.
 */
export function loadPrompts(folders: readonly string[], clockRate: 8000 | 16000): PromptLibrary {
  const names: readonly SpokenName[] = [...promptNames, ...characterNames];
  const load = (language: Language) =>
    new Map(names.map((name) => [name, readPrompt(folders, language, name, clockRate)]));
  const loaded = new Map(languages.map((language) => [language, load(language)]));
  return {
    samples(language, name) {
      const samples = loaded.get(language)?.get(name);
      if (!samples) throw new Error(`The prompt ${language}/${name} was not loaded.`);
      return samples;
    },
  };
}

function readPrompt(
  folders: readonly string[],
  language: Language,
  name: SpokenName,
  clockRate: 8000 | 16000,
): Int16Array {
  const candidates = folders.map((folder) => join(folder, language, `${name}.wav`));
  const file = candidates.find((candidate) => existsSync(candidate));
  if (file === undefined) throw new Error(`The prompt ${candidates.at(-1)} is missing.`);
  return readWav(file, clockRate);
}
