import type { FileHandle } from 'node:fs/promises';

const chunkBytes = 64 * 1024;
/** Of a longer line, which is none of ours, the beginning is left out. */
const longestLine = 1024 * 1024;
const newline = 0x0a;

/** Lines of a file from the last to the first. @param end Where the last of them ends: what begins before it is given, but not what stands behind it. */
export async function* linesBackwards(file: FileHandle, end: number): AsyncGenerator<string> {
  let behind = Buffer.alloc(0);
  for (let at = end; at > 0; ) {
    const length = Math.min(chunkBytes, at);
    at -= length;
    const bytes = Buffer.concat([await bytesAt(file, at, length), behind]);
    const first = at === 0 ? 0 : bytes.indexOf(newline) + 1;
    const isOneLine = at > 0 && first === 0;
    behind = isOneLine ? bytes.subarray(-longestLine) : bytes.subarray(0, Math.max(0, first - 1));
    if (!isOneLine)
      yield* bytes
        .subarray(first)
        .toString()
        .split('\n')
        .reverse()
        .filter((line) => line !== '');
  }
}

/** Bytes of a file; fewer at its end. */
export async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}
