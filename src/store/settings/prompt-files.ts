import { readdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import type { PlacedFault } from '../../locales/codes.js';
import { promptNames } from '../../primitives/prompts.js';
import { AdminError } from '../admin-error.js';
import { hasCode } from '../files/durable-file.js';
import { closest } from '../files/file-faults.js';
import { openRegular } from '../files/regular-file.js';

/** Names of the speech files, without `.wav`; characters are spoken one by one. */
export const promptFileNames: readonly string[] = [
  ...promptNames,
  ...Array.from({ length: 10 }, (_, digit) => `digit-${digit}`),
  ...[...'abcdefghijklmnopqrstuvwxyz'].map((letter) => `letter-${letter}`),
  ...['dot', 'colon', 'dash'].map((sign) => `sign-${sign}`),
];

/** The admin's own files that cannot be used: why each one cannot, and what mends it. */
export class PromptFilesError extends AdminError {}

/**
 * Checks the speech files with which an admin replaces those of Modcall, `<language>/<name>.wav` in a folder: each must be named like a
 * prompt and be WAV, PCM, 16 bit, mono, 8000 Hz.
 *
 * One after the other: a disk that does not answer holds up one thread of the pool, and the rest can go on.
 * @throws PromptFilesError
 */
export async function checkOwnPrompts(folder: string): Promise<void> {
  const all: PlacedFault[] = [];
  for (const language of ['de', 'en']) for (const fault of await faultsIn(join(folder, language))) all.push(fault);
  if (all.length > 0) throw new PromptFilesError({ code: 'prompt.unusable' }, { faults: all });
}

async function faultsIn(folder: string): Promise<PlacedFault[]> {
  const files = (await filesIn(folder)).filter((file) => file.endsWith('.wav')).sort();
  const faults: PlacedFault[] = [];
  for (const file of files) {
    const fault = await faultOf(join(folder, file));
    if (fault) faults.push(fault);
  }
  return faults;
}

async function faultOf(path: string): Promise<PlacedFault | null> {
  const { name } = parse(path);
  const found = { is: 'nothing' } as const;
  if (!promptFileNames.includes(name)) {
    const meant = closest(name, promptFileNames) ?? null;
    return { path, found, code: 'prompt.fault.unknown', params: { meant } };
  }
  if (await isTelephoneSpeech(path)) return null;
  const fixed = path.replace(/\.wav$/, '.fixed.wav');
  const command = `sox '${path}' -r 8000 -c 1 -b 16 -e signed-integer '${fixed}' && mv '${fixed}' '${path}'`;
  return { path, found, code: 'prompt.fault.format', params: { command } };
}

async function filesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  }
}

const headerBytes = 4096;

/** RIFF WAVE whose format chunk says PCM, one channel, 8000 Hz, 16 bit, and whose data chunk holds something. */
export async function isTelephoneSpeech(path: string): Promise<boolean> {
  const file = await openRegular(path, 'read');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    return isTelephoneHeader(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}

/** The same of what a file begins with. */
export function isTelephoneHeader(header: Buffer): boolean {
  if (header.length < 12 || header.toString('latin1', 0, 4) !== 'RIFF' || header.toString('latin1', 8, 12) !== 'WAVE') {
    return false;
  }
  let formatIsRight = false;
  for (let at = 12; at + 8 <= header.length; ) {
    const name = header.toString('latin1', at, at + 4);
    const length = header.readUInt32LE(at + 4);
    if (name === 'data') return formatIsRight && length > 0;
    if (name === 'fmt ') formatIsRight = isTelephoneFormat(header.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  return false;
}

function isTelephoneFormat(format: Buffer): boolean {
  if (format.length < 16) return false;
  const pcm = 1;
  return (
    format.readUInt16LE(0) === pcm &&
    format.readUInt16LE(2) === 1 &&
    format.readUInt32LE(4) === 8000 &&
    format.readUInt16LE(14) === 16
  );
}
