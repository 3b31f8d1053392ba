import { readFileSync } from 'node:fs';

interface Chunk {
  readonly id: string;
  readonly body: Buffer;
}

function* chunksOf(file: Buffer): Generator<Chunk> {
  for (let at = 12; at + 8 <= file.length; ) {
    const length = file.readUInt32LE(at + 4);
    yield { id: file.toString('latin1', at, at + 4), body: file.subarray(at + 8, at + 8 + length) };
    at += 8 + length + (length % 2);
  }
}

/**
 * Reads a WAV file for a player: PCM, 16 bit, mono, exactly at this rate.
 *
 * @throws Error that names the file and what is wrong with it
 */
export function readWav(path: string, clockRate: number): Int16Array {
  const file = readFileSync(path);
  const wrong = (what: string) => new Error(`${path}: ${what}`);
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    throw wrong('not a WAV file');
  const chunks = [...chunksOf(file)];
  const format = chunks.find(({ id }) => id === 'fmt ')?.body;
  const data = chunks.find(({ id }) => id === 'data')?.body;
  if (format === undefined || format.length < 16 || data === undefined) throw wrong('the WAV file is incomplete');
  const [coding, channels, rate, bits] = [
    format.readUInt16LE(0),
    format.readUInt16LE(2),
    format.readUInt32LE(4),
    format.readUInt16LE(14),
  ];
  if (coding !== 1 || bits !== 16 || channels !== 1 || rate !== clockRate) {
    throw wrong(
      `coding ${coding}, ${bits} bit, ${channels} channel(s), ${rate} Hz; PCM (1), 16 bit, 1, ${clockRate} Hz is needed`,
    );
  }
  // The file's byte order is that of every processor this runs on (little-endian).
  return new Int16Array(new Uint8Array(data.subarray(0, data.length - (data.length % 2))).buffer);
}
