import { z } from 'zod';
import { languages } from '../primitives/language.js';
import type { OwnPrompts } from '../store/settings/own-prompts.js';
import { promptFileNames } from '../store/settings/prompt-files.js';
import { about } from './about.js';
import { rowOf } from './operation.js';
import { byOf, type RecordingBox } from './recording.js';
import { basis, version, withVersion } from './versions.js';

/** What these operations need of the box. */
export interface PromptsBox extends RecordingBox {
  readonly prompts: OwnPrompts;
}

const row = rowOf<PromptsBox>();

/** As base64: more than half a minute of speech. */
const longestSound = 900_000;

const prompt = { language: z.enum(languages), name: z.enum(promptFileNames) };
const changed = z.object({
  version,
  /** What takes effect only when the box is started again. */
  afterRestart: z.array(z.string()),
});
const path = '/prompts/{language}/{name}';
const atNextStart = { afterRestart: ['prompts'] };

/** What the box says, in the admin's own words. */
export const promptsOperations = [
  row({
    name: 'prompts list',
    about: about('operation.prompts.list'),
    roles: ['read'],
    http: { method: 'GET', path: '/prompts' },
    input: z.strictObject({}),
    output: z.object({
      version,
      names: z.array(z.string()),
      own: z.array(z.object({ language: z.string(), name: z.string() })),
    }),
    run: async ({ prompts }) =>
      withVersion(prompts.versions, { names: [...promptFileNames], own: [...(await prompts.list())] }),
  }),
  row({
    name: 'prompts set',
    about: about('operation.prompts.set'),
    roles: ['admin'],
    http: { method: 'PUT', path },
    input: z.strictObject({ ...prompt, wav: z.base64().max(longestSound), basis }),
    output: changed,
    async run(box, { language, name, wav, basis: on }, caller) {
      const { prompts } = box;
      await prompts.versions.change(on, () => prompts.set({ language, name }, Buffer.from(wav, 'base64')));
      box.record({ type: 'promptSet', prompt: `${language}/${name}`, ...byOf(caller) });
      return withVersion(prompts.versions, atNextStart);
    },
  }),
  row({
    name: 'prompts remove',
    about: about('operation.prompts.remove'),
    roles: ['admin'],
    http: { method: 'DELETE', path },
    input: z.strictObject({ ...prompt, basis }),
    output: changed,
    async run(box, { language, name, basis: on }, caller) {
      const { prompts } = box;
      await prompts.versions.change(on, () => prompts.remove({ language, name }));
      box.record({ type: 'promptRemoved', prompt: `${language}/${name}`, ...byOf(caller) });
      return withVersion(prompts.versions, atNextStart);
    },
  }),
];
