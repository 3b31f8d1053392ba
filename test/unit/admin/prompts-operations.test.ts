import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { promptsOperations } from '../../../src/admin/prompts-operations.js';
import { OwnPrompts } from '../../../src/store/settings/own-prompts.js';
import { checkOwnPrompts } from '../../../src/store/settings/prompt-files.js';
import type { AccessFact } from '../../../src/store/users/access-fact.js';
import { wavOf } from '../../support/audio/wav.js';
import { run as runIn } from './settings/settings-box.js';

let folder: string;
let facts: AccessFact[];
let prompts: OwnPrompts;
beforeEach(async () => {
  facts = [];
  folder = await mkdtemp(join(tmpdir(), 'modcall-prompts-'));
  prompts = new OwnPrompts(folder);
});
afterEach(() => rm(folder, { recursive: true }));

const run = (name: string, input: object = {}) =>
  runIn(promptsOperations, { prompts, record: (fact) => facts.push(fact) }, name, input);

/** Silence. */
const wav = (sampleRate = 8000) => wavOf({ sampleRate, samples: new Int16Array(160) });
const goodbye = { language: 'de', name: 'goodbye' };

test('sound of one’s own is kept as it was sent, in a form that the next start takes, until it is removed', async () => {
  expect(await run('prompts list')).toMatchObject({ names: expect.arrayContaining(['goodbye', 'digit-1']), own: [] });
  expect(await run('prompts set', { ...goodbye, wav: wav().toString('base64') })).toEqual({
    version: expect.any(Number),
    afterRestart: ['prompts'],
  });
  await checkOwnPrompts(folder);
  expect(await readFile(join(folder, 'de/goodbye.wav'))).toEqual(wav());
  expect(await run('prompts list')).toMatchObject({ own: [goodbye] });
  await run('prompts remove', goodbye);
  expect(await run('prompts list')).toMatchObject({ own: [] });
  await expect(run('prompts remove', goodbye)).rejects.toMatchObject({
    kind: 'missing',
    problem: { code: 'prompt.noneOfOwn' },
  });
  const by = { prompt: 'de/goodbye', by: 'ada', byKind: 'user' };
  expect(facts).toEqual([
    { type: 'promptSet', ...by },
    { type: 'promptRemoved', ...by },
  ]);
});

test.each([
  ['music for a record player', wav(44_100)],
  ['no sound', Buffer.from('hello')],
  ['nothing', Buffer.alloc(0)],
])('%s is refused, and what was there before stays', async (_what, sound) => {
  await run('prompts set', { ...goodbye, wav: wav().toString('base64') });
  await expect(run('prompts set', { ...goodbye, wav: sound.toString('base64') })).rejects.toMatchObject({
    problem: { code: 'prompt.notTelephoneSpeech' },
  });
  expect(await readFile(join(folder, 'de/goodbye.wav'))).toEqual(wav());
});

test.each([
  { ...goodbye, name: '../../settings' },
  { ...goodbye, name: 'hello' },
  { ...goodbye, language: '..' },
  { ...goodbye, wav: 'no base64!' },
  { ...goodbye, wav: 'A'.repeat(900_004) },
])('there is no such prompt: %j', async (input) => {
  await expect(run('prompts set', { wav: '', ...input })).rejects.toThrow();
  expect(await run('prompts list')).toMatchObject({ own: [] });
});

test('a prompt that somebody else has replaced meanwhile is not overwritten', async () => {
  const wavOf = (hertz: number) => wav(hertz).toString('base64');
  const { version } = Object(await run('prompts set', { ...goodbye, wav: wavOf(8000) }));
  expect(await run('prompts list')).toMatchObject({ version });
  await run('prompts set', { ...goodbye, wav: wavOf(8000), basis: version });
  const late = { kind: 'outdated', problem: { code: 'request.versionChanged' } };
  await expect(run('prompts set', { ...goodbye, wav: wavOf(8000), basis: version })).rejects.toMatchObject(late);
  await expect(run('prompts remove', { ...goodbye, basis: version })).rejects.toMatchObject(late);
});
