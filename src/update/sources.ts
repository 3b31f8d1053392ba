import { access, readdir, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isUpdateAddress } from '../primitives/update-address.js';
import { keepUpload, uploadPath } from '../store/files/keep-upload.js';
import { mountedBelow, mountPoints } from '../store/files/mounts.js';
import { InTurn } from '../store/in-turn.js';
import { UpdateError } from './update-error.js';

/** In bytes: half as much again as one has today. */
export const largestUpdate = 200_000_000;
/** What has to be free beside it, for what the box itself has to write meanwhile. */
const margin = 50_000_000;
/** More than anybody puts on a stick; the list has to end somewhere. */
const mostListed = 20;

/** The update that was sent to the box. */
export const uploaded = 'uploaded';

/** Where updates come from: one that was sent to the box, those on sticks, and addresses. */
export class UpdateSources {
  readonly #work = new InTurn();

  /** @param path Where one is kept that was sent. */
  constructor(
    private readonly path: string,
    private readonly below: readonly string[] = mountedBelow,
  ) {}

  /**
   * Keeps the latest one. Resolves with its length in bytes.
   * @throws UpdateError where there is no room for it.
   */
  take(pieces: AsyncIterable<Uint8Array>): Promise<number> {
    return this.#work.run(async () => {
      const { bavail, bsize } = await statfs(dirname(this.path));
      const needed = largestUpdate + margin;
      if (bavail * bsize < needed)
        throw new UpdateError({ code: 'update.noRoom', params: { megabytes: needed / 1e6 } });
      return keepUpload(this.path, pieces);
    });
  }

  /** Paths of those on sticks and disks. */
  async onSticks(): Promise<readonly string[]> {
    const folders = await mountPoints(this.below);
    const found = await Promise.all(folders.map(updatesIn));
    return found.flat().slice(0, mostListed);
  }

  /**
   * Where the installer finds it. No path that somebody types reaches the disk.
   * @throws UpdateError
   */
  async locate(source: string): Promise<string> {
    if (source === uploaded) return this.#uploaded();
    // As it was judged: others may read another server out of the same signs.
    if (isUpdateAddress(source)) return new URL(source).href;
    if ((await this.onSticks()).includes(source)) return source;
    throw new UpdateError({ code: 'update.noSuchSource', params: { source } }, { field: 'source', kind: 'missing' });
  }

  async #uploaded(): Promise<string> {
    const path = uploadPath(this.path);
    await access(path).catch(() => {
      throw new UpdateError({ code: 'update.nothingUploaded' }, { kind: 'conflict' });
    });
    return path;
  }
}

async function updatesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.raucb')).map((name) => join(folder, name));
}
