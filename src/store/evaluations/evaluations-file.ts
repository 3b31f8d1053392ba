import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { sealKeyBytes, sealWith, unsealWith } from '../../crypto/keyed-seal.js';
import { dataFile } from '../files/data-folder.js';
import { hasCode, makeFolder, makeWay, readIfThere, writeDurably } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { openRegular } from '../files/regular-file.js';
import { type Evaluations, evaluationsSchema } from './evaluations-schema.js';

/** Far more than all sheets of a box take. */
const mostBytes = 16 * 1024 * 1024;

/** The file of all sheets, sealed with a key beside it. What is deleted from it is on no other file and in no backup. */
export class EvaluationsFile {
  readonly #path: string;

  constructor(private readonly folder: string) {
    this.#path = dataFile(folder, 'evaluations');
  }

  async write(evaluations: Evaluations): Promise<void> {
    const key = (await keyIn(this.folder)) ?? (await newKey(this.folder));
    await writeDurably(this.#path, sealWith(key, JSON.stringify({ version: 1, ...evaluations }), 'evaluations'));
  }

  /** `none` where there is no file, `lost` where it cannot be understood. */
  async read(): Promise<Evaluations | 'none' | 'lost'> {
    const bytes = await bytesOf(this.#path);
    if (bytes === null) return 'none';
    const key = await keyIn(this.folder);
    const text = key && unsealWith(key, bytes, 'evaluations');
    const parsed = parseJson(text ?? '');
    const found = evaluationsSchema.safeParse(parsed.ok ? parsed.value : undefined).data;
    if (found === undefined) return 'lost';
    const { version: _version, ...evaluations } = found;
    return evaluations;
  }
}

/** Null where there is none; empty where what is there is no file of ours. */
async function bytesOf(path: string): Promise<Buffer | null> {
  try {
    const file = await openRegular(path, 'read');
    try {
      return (await file.stat()).size > mostBytes ? Buffer.alloc(0) : await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    return hasCode(error, 'ENOENT') ? null : Buffer.alloc(0);
  }
}

async function keyIn(folder: string): Promise<Buffer | null> {
  const text = await readIfThere(dataFile(folder, 'evaluationsKey')).catch(() => null);
  const [digits] = /^[0-9a-f]{64}$/.exec(text?.trim() ?? '') ?? [];
  return digits === undefined ? null : Buffer.from(digits, 'hex');
}

/** What another one has sealed is lost with that one. */
async function newKey(folder: string): Promise<Buffer> {
  const path = dataFile(folder, 'evaluationsKey');
  const key = randomBytes(sealKeyBytes);
  await makeWay(path, Date.now());
  await makeFolder(dirname(path));
  await writeDurably(path, `${key.toString('hex')}\n`);
  return key;
}
