import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FlushedCard } from './flushed-card.js';

const blockSize = 4096;
const blocks = 64;
const [read, write, flush] = [0, 1, 3];

let folder: string;
let card: FlushedCard | undefined;
const users: User[] = [];

/** Whoever has the card in a reader: QEMU, as far as this test needs it. */
class User {
  readonly #socket: Socket;
  #received = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('data', (piece: Buffer) => {
      this.#received = Buffer.concat([this.#received, piece]);
    });
  }

  static async of(path: string): Promise<User> {
    const user = new User(connect(path));
    users.push(user);
    await user.#take(18);
    const go = Buffer.alloc(20);
    go.write('IHAVEOPT', 4, 'latin1');
    go.writeUInt32BE(7, 12);
    user.#socket.write(go);
    // Which disk it is, and the agreement.
    await user.#take(20 + 12 + 20);
    return user;
  }

  async write(block: number, content: string): Promise<void> {
    this.begin(write, block, Buffer.alloc(blockSize, content));
    await this.#take(16);
  }

  async flush(): Promise<void> {
    this.begin(flush, 0);
    await this.#take(16);
  }

  async read(block: number): Promise<string> {
    this.begin(read, block);
    return (await this.#take(16 + blockSize)).toString('latin1', 16, 17);
  }

  /** Sends an order, and waits for nothing. */
  begin(type: number, block: number, content = Buffer.alloc(0)): void {
    const order = Buffer.alloc(28);
    order.writeUInt32BE(0x25609513);
    order.writeUInt16BE(type, 6);
    order.writeBigUInt64BE(BigInt(block * blockSize), 16);
    order.writeUInt32BE(type === flush ? 0 : blockSize, 24);
    this.#socket.write(Buffer.concat([order, content]));
  }

  close(): void {
    this.#socket.destroy();
  }

  async #take(length: number): Promise<Buffer> {
    while (this.#received.length < length) await once(this.#socket, 'data');
    const taken = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return taken;
  }
}

const openCard = async (keeps: (after: 'flush' | 'powerCut') => boolean) => {
  card = await FlushedCard.open(join(folder, 'card.img'), join(folder, 'card'), keeps);
  return card;
};
const user = () => User.of(join(folder, 'card'));
const all = Array.from({ length: blocks }, (_, block) => block);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-card-'));
  await writeFile(join(folder, 'card.img'), Buffer.alloc(blocks * blockSize, '-'));
});
afterEach(async () => {
  for (const each of users.splice(0)) each.close();
  await card?.close();
  await rm(folder, { recursive: true });
});

it('keeps what was flushed, and of the rest some', async () => {
  const opened = await openCard((after) => after === 'flush' || Math.random() < 0.5);
  const before = await user();
  for (const block of all) await before.write(block, 'f');
  await before.flush();
  for (const block of all) await before.write(block, 'u');
  expect(await before.read(0)).toBe('u');
  await opened.losePower();
  const after = await user();
  const found = new Set<string>();
  for (const block of all) found.add(await after.read(block));
  // That all of them have the same luck does not happen.
  expect([...found].sort()).toEqual(['f', 'u']);
});

it('loses all when it is one that only says that it has stored what it was to flush', async () => {
  const opened = await openCard(() => false);
  const before = await user();
  await before.write(3, 'f');
  await before.flush();
  expect(await before.read(3)).toBe('f');
  await opened.losePower();
  expect(await (await user()).read(3)).toBe('-');
});

it('is usable after its power was cut in the middle of orders', async () => {
  const opened = await openCard(() => true);
  const before = await user();
  for (const block of all) {
    before.begin(write, block, Buffer.alloc(blockSize, 'x'));
    before.begin(read, block);
  }
  before.begin(write, 0, Buffer.alloc(10));
  before.close();
  await opened.losePower();
  expect(await (await user()).read(blocks - 1)).toMatch(/[-x]/);
});
