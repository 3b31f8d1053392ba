import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { sealKeyBytes, sealWith, unsealWith } from '../../crypto/keyed-seal.js';
import { dataFile } from '../files/data-folder.js';
import { hasCode, makeFolder, readIfThere, setAside, writeDurably } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { FileTooLarge, NotAFile, openRegular } from '../files/regular-file.js';
import { type Evaluations, evaluationsSchema } from './evaluations-schema.js';

/** Far more than all sheets of a box take. */
const mostBytes = 16 * 1024 * 1024;

/** The file of all sheets, sealed with a key beside it. What is deleted from it is on no other file and in no backup. */
export class EvaluationsFile {
  readonly #path: string;
  /** Whether what lies there cannot be understood: it is kept beside what is written. */
  #isLost = false;

  constructor(private readonly folder: string) {
    this.#path = dataFile(folder, 'evaluations');
  }

  async write(evaluations: Evaluations): Promise<void> {
    if (this.#isLost) await asideIfThere(this.#path);
    this.#isLost = false;
    const key = (await keyIn(this.folder)) ?? (await newKey(this.folder));
    await writeDurably(this.#path, sealWith(key, JSON.stringify({ version: 1, ...evaluations }), 'evaluations'));
  }

  /**
   * `none` where there is no file, `lost` where it was not sealed with the key that is there.
   * @throws what the disk says while it cannot be read, and where a newer Modcall has written it
   */
  async read(): Promise<Evaluations | 'none' | 'lost'> {
    const bytes = await bytesOf(this.#path);
    if (bytes === null) return 'none';
    const key = await keyIn(this.folder);
    const text = key && unsealWith(key, bytes, 'evaluations');
    this.#isLost = text === null;
    if (text === null) return 'lost';
    const parsed = parseJson(text);
    const { version: _version, ...evaluations } = evaluationsSchema.parse(parsed.ok ? parsed.value : undefined);
    return evaluations;
  }
}

/** Null where there is none; empty where what is there can never be a file of ours. */
async function bytesOf(path: string): Promise<Buffer | null> {
  try {
    const file = await openRegular(path, 'read');
    try {
      return (await file.stat()).size > mostBytes ? Buffer.alloc(0) : await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    if (error instanceof NotAFile) return Buffer.alloc(0);
    throw error;
  }
}

/** Null where there is none that can be one; @throws what the disk says while it cannot be read. */
async function keyIn(folder: string): Promise<Buffer | null> {
  const text = await readIfThere(dataFile(folder, 'evaluationsKey')).catch((error: unknown) => {
    if (error instanceof NotAFile || error instanceof FileTooLarge) return null;
    throw error;
  });
  const [digits] = /^[0-9a-f]{64}$/.exec(text?.trim() ?? '') ?? [];
  return digits === undefined ? null : Buffer.from(digits, 'hex');
}

/** What another one has sealed is lost with that one. */
async function newKey(folder: string): Promise<Buffer> {
  const path = dataFile(folder, 'evaluationsKey');
  const key = randomBytes(sealKeyBytes);
  await asideIfThere(path);
  await makeFolder(dirname(path));
  await writeDurably(path, `${key.toString('hex')}\n`);
  return key;
}

async function asideIfThere(path: string): Promise<void> {
  await setAside(path, Date.now()).catch((error: unknown) => {
    if (!hasCode(error, 'ENOENT')) throw error;
  });
}
