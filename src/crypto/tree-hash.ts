import { createHash } from 'node:crypto';

/** The hash of a list that grows at its end (RFC 6962, 2.1), from one leaf to the next: only the hashes of its whole subtrees are kept. */
export class TreeHash {
  /** From the largest to the smallest, each with so many leaves. */
  readonly #whole: { readonly leaves: number; readonly hash: Buffer }[] = [];

  add(leaf: Uint8Array): void {
    let added = { leaves: 1, hash: hashed(0, leaf) };
    for (let last = this.#whole.at(-1); last?.leaves === added.leaves; last = this.#whole.at(-1)) {
      this.#whole.pop();
      added = { leaves: 2 * added.leaves, hash: hashed(1, last.hash, added.hash) };
    }
    this.#whole.push(added);
  }

  /** 32 bytes. */
  root(): Buffer {
    const [smallest, ...larger] = this.#whole.map(({ hash }) => hash).toReversed();
    if (!smallest) return createHash('sha256').digest();
    return larger.reduce((right, left) => hashed(1, left, right), smallest);
  }
}

function hashed(kind: 0 | 1, ...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256').update(Buffer.of(kind));
  for (const part of parts) hash.update(part);
  return hash.digest();
}
