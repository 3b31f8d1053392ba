import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { problemText } from '../../../../src/locales/problem-text.js';
import { checkOwnPrompts, PromptFilesError } from '../../../../src/store/settings/prompt-files.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-prompts-'));
  await mkdir(join(folder, 'de'));
});
afterEach(() => rm(folder, { recursive: true }));

interface Format {
  readonly encoding?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly bits?: number;
  readonly samples?: number;
}

function wav({ encoding = 1, channels = 1, rate = 8000, bits = 16, samples = 80 }: Format): Buffer {
  const data = Buffer.alloc(samples * 2);
  const header = Buffer.alloc(54);
  header.write('RIFF', 0);
  header.writeUInt32LE(46 + data.length, 4);
  header.write('WAVE', 8);
  header.write('fmt ', 12);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(encoding, 20);
  header.writeUInt16LE(channels, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE((rate * channels * bits) / 8, 28);
  header.writeUInt16LE((channels * bits) / 8, 32);
  header.writeUInt16LE(bits, 34);
  // A chunk of odd length in between, as editors leave them.
  header.write('note', 36);
  header.writeUInt32LE(1, 40);
  header.write('data', 46);
  header.writeUInt32LE(data.length, 50);
  return Buffer.concat([header, data]);
}

async function reportOn(name: string, content: Buffer): Promise<string> {
  await writeFile(join(folder, 'de', name), content);
  try {
    await checkOwnPrompts(folder);
    return 'valid';
  } catch (error) {
    if (error instanceof PromptFilesError) return problemText('en', error);
    throw error;
  }
}

describe('prompts of one’s own', () => {
  it('need not be there', async () => {
    await expect(checkOwnPrompts(join(folder, 'nowhere'))).resolves.toBeUndefined();
  });

  it('may replace any prompt and digit', async () => {
    expect(await reportOn('enter-pin.wav', wav({}))).toBe('valid');
    expect(await reportOn('digit-7.wav', wav({}))).toBe('valid');
    expect(await reportOn('notes.txt', Buffer.from('whatever'))).toBe('valid');
  });

  it.each<[string, Buffer]>([
    ['stereo', wav({ channels: 2 })],
    ['44.1 kHz', wav({ rate: 44100 })],
    ['8 bit', wav({ bits: 8 })],
    ['A-law', wav({ encoding: 6 })],
    ['silent', wav({ samples: 0 })],
    ['cut off', wav({}).subarray(0, 30)],
    ['empty', Buffer.alloc(0)],
    ['no WAV', Buffer.alloc(200, 'x')],
  ])('are refused when %s, with the command that mends them', async (_what, content) => {
    const report = await reportOn('enter-pin.wav', content);
    expect(report).toContain('enter-pin.wav\n    is not WAV (PCM, 16 bit, mono, 8000 Hz)');
    expect(report).toContain('Remedy: sox ');
  });

  it('must have the name of a prompt', async () => {
    expect(await reportOn('enter-pim.wav', wav({}))).toContain(
      'is not a prompt of Modcall\n    Remedy: Did you mean enter-pin.wav?',
    );
    expect(await reportOn('welcome-to-the-jungle.wav', wav({}))).toContain('Remedy: Remove the file.');
  });
});
