import { open, rename, rm } from 'node:fs/promises';

/** Keeps what is sent to the box, as a whole or not at all, until the box starts anew. Resolves with its length in bytes. */
export async function keepUpload(path: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  const part = uploadPath(`${path}.part`);
  try {
    const bytes = await written(part, pieces);
    await rename(part, uploadPath(path));
    return bytes;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Where it is kept: what is left of it, the next start clears away. */
export const uploadPath = (path: string): string => `${path}.pending`;

async function written(path: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, 'w', 0o600);
  try {
    let bytes = 0;
    for await (const piece of pieces) {
      await file.writeFile(piece);
      bytes += piece.length;
    }
    return bytes;
  } finally {
    await file.close();
  }
}
