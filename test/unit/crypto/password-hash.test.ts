import { describe, expect, test } from 'vitest';
import { HashingBusy, HashingLine } from '../../../src/crypto/hashing-line.js';
import { hashPassword, isPassword, passwordHashPattern } from '../../../src/crypto/password-hash.js';

describe('a password', () => {
  test('is known by its hash, on any keyboard', async () => {
    const hash = await hashPassword('grün und lang genug');
    expect(hash).toMatch(passwordHashPattern);
    expect(await isPassword('gru\u0308n und lang genug', hash)).toBe(true);
    expect(await isPassword('grün und lang genuG', hash)).toBe(false);
  });

  test('of nobody is wrong, and takes as long', async () => {
    const hash = await hashPassword('somebody has this');
    const timed = async (of: string | null) => {
      const before = process.cpuUsage();
      expect(await isPassword('guess', of)).toBe(false);
      return process.cpuUsage(before).user;
    };
    const [somebody, nobody] = [await timed(hash), await timed(null)];
    expect(nobody).toBeGreaterThan(somebody / 3);
  });

  test('is hashed beside the loop that carries the calls', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    await hashPassword('the loop goes on');
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });
});

describe('the line of those who wait', () => {
  const gate = () => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      open = resolve;
    });
    return { open, opened };
  };

  test('moves one at a time, sources in turns', async () => {
    const line = new HashingLine();
    const { open, opened } = gate();
    const done: string[] = [];
    let running = 0;
    const enter = (source: string, name: string) =>
      line.run(source, async () => {
        running += 1;
        expect(running).toBe(1);
        await opened;
        done.push(name);
        running -= 1;
      });
    const all = ['a1', 'a2', 'a3', 'b1', 'c1', 'c2'].map((name) => enter(name.slice(0, 1), name));
    open();
    await Promise.all(all);
    expect(done).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'c2']);
  });

  test('is full for a source long before it is for others', async () => {
    const line = new HashingLine();
    const { open, opened } = gate();
    const flood = Array.from({ length: 100 }, () => line.run('flood', () => opened));
    const other = line.run('other', async () => 'mine');
    open();
    const results = await Promise.allSettled(flood);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(results.at(-1)).toMatchObject({ reason: expect.any(HashingBusy) });
    expect(await other).toBe('mine');
  });

  test('goes on after one that failed', async () => {
    const line = new HashingLine();
    const failing = line.run('a', () => Promise.reject(new Error('no memory')));
    const next = line.run('a', async () => 'next');
    await expect(failing).rejects.toThrow('no memory');
    expect(await next).toBe('next');
  });
});
