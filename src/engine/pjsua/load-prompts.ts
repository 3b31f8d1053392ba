import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readWav } from 'node-pjsua2';
import type { Language } from '../../primitives/language.js';
import { promptNames } from '../../primitives/prompts.js';
import type { PromptLibrary, SpokenName } from '../prompt-library.js';
import { characterNames } from '../prompt-library.js';

/**
 * Loads every prompt of these languages, each from the first folder that has `<language>/<name>.wav` (mono, 16 bit, at the clock
 * rate). Throws for a file that is missing everywhere or has another format.
 */
export function loadPrompts(
  folders: readonly string[],
  languages: Iterable<Language>,
  clockRate: 8000 | 16000,
): PromptLibrary {
  const load = (language: Language) =>
    loadLanguage(
      folders.map((folder) => join(folder, language)),
      clockRate,
    );
  const loaded = new Map([...languages].map((language) => [language, load(language)]));
  return {
    samples(language, name) {
      const samples = loaded.get(language)?.get(name);
      if (!samples) throw new Error(`The prompt ${language}/${name} was not loaded.`);
      return samples;
    },
  };
}

function loadLanguage(folders: readonly string[], clockRate: 8000 | 16000): ReadonlyMap<SpokenName, Int16Array> {
  const names: readonly SpokenName[] = [...promptNames, ...characterNames];
  const files = filesIn(folders);
  return new Map(
    names.map((name) => {
      const file = files.get(`${name}.wav`);
      if (file === undefined) throw new Error(`The prompt ${folders.at(-1)}/${name}.wav is missing.`);
      return [name, readWav(file, clockRate)];
    }),
  );
}

/** The path of each file by its name; the first folder wins. */
function filesIn(folders: readonly string[]): ReadonlyMap<string, string> {
  const there = folders.filter((folder) => existsSync(folder)).toReversed();
  return new Map(there.flatMap((folder) => readdirSync(folder).map((name) => [name, `${folder}/${name}`] as const)));
}
