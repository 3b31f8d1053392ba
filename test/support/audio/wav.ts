import { open, readFile, writeFile } from 'node:fs/promises';
import type { Recording } from './recording.js';

const headerBytes = 44;
const bytesPerSample = 2;

/** Writes 16-bit mono PCM as a RIFF/WAVE file. */
export const writeWav = (path: string, recording: Recording): Promise<void> => writeFile(path, wavOf(recording));

/** The content of such a file. */
export function wavOf({ sampleRate, samples }: Recording): Buffer {
  const data = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return Buffer.concat([wavHeader(sampleRate, data.length), data]);
}

/** Reads a whole 16-bit mono PCM file. */
export async function readWav(path: string): Promise<Recording> {
  const bytes = await readFile(path);
  const { dataAt, ...format } = parseHeader(path, bytes);
  return onlyChannel(path, channelsOf(format, bytes.subarray(dataAt)));
}

/** The newest stretch of a 16-bit mono PCM file that another process is still writing. */
export async function readGrowingWav(path: string, lastMs: number): Promise<Recording> {
  return onlyChannel(path, await readGrowingChannels(path, lastMs));
}

/** The same of a file with any number of channels: the sizes in its header are not final and are not looked at. */
export async function readGrowingChannels(path: string, lastMs: number): Promise<readonly Recording[]> {
  const file = await open(path, 'r');
  try {
    const header = Buffer.alloc(1024);
    const { bytesRead } = await file.read(header, 0, header.length, 0);
    const { dataAt, ...format } = parseHeader(path, header.subarray(0, bytesRead));
    const frameBytes = format.channels * bytesPerSample;
    const available = Math.floor(((await file.stat()).size - dataAt) / frameBytes);
    const wanted = Math.min(available, Math.round((lastMs * format.sampleRate) / 1000));
    const data = Buffer.alloc(Math.max(0, wanted) * frameBytes);
    await file.read(data, 0, data.length, dataAt + (available - wanted) * frameBytes);
    return channelsOf(format, data);
  } finally {
    await file.close();
  }
}

interface Format {
  readonly sampleRate: number;
  readonly channels: number;
}

function wavHeader(sampleRate: number, dataBytes: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(headerBytes - 8 + dataBytes, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(sampleRate, 24);
  header.writeUInt32LE(sampleRate * bytesPerSample, 28);
  header.writeUInt16LE(bytesPerSample, 32);
  header.writeUInt16LE(8 * bytesPerSample, 34);
  header.write('data', 36, 'latin1');
  header.writeUInt32LE(dataBytes, 40);
  return header;
}

function parseHeader(path: string, bytes: Buffer): Format & { readonly dataAt: number } {
  const format = bytes.indexOf('fmt ', 12, 'latin1');
  const data = bytes.indexOf('data', 12, 'latin1');
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || format < 0 || data < 0)
    throw new Error(`${path}: no WAV header yet`);
  const [coding, bits] = [8, 22].map((offset) => bytes.readUInt16LE(format + offset));
  if (coding !== 1 || bits !== 16) throw new Error(`${path}: not 16-bit PCM`);
  return {
    sampleRate: bytes.readUInt32LE(format + 12),
    channels: bytes.readUInt16LE(format + 10),
    dataAt: data + 8,
  };
}

/** The channels' samples take turns. */
function channelsOf({ sampleRate, channels }: Format, data: Buffer): readonly Recording[] {
  const length = Math.floor(data.length / (channels * bytesPerSample));
  return Array.from({ length: channels }, (_, channel) => ({
    sampleRate,
    samples: Int16Array.from({ length }, (_, index) => data.readInt16LE((index * channels + channel) * bytesPerSample)),
  }));
}

function onlyChannel(path: string, [only, ...others]: readonly Recording[]): Recording {
  if (!only || others.length > 0) throw new Error(`${path}: not mono`);
  return only;
}
