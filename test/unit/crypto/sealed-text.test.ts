import { describe, expect, it } from 'vitest';
import { seal, unseal } from '../../../src/crypto/sealed-text.js';

const sealed = await seal('the secret, with an ä', 'correct horse', 'identity-backup');
const change = (changes: object) => JSON.stringify({ ...JSON.parse(sealed), ...changes });

describe('a sealed text', () => {
  it('is opened by its passphrase only', async () => {
    expect(await unseal(sealed, 'correct horse', 'identity-backup')).toBe('the secret, with an ä');
    await expect(unseal(sealed, 'correct Horse', 'identity-backup')).rejects.toMatchObject({
      problem: 'wrongPassphrase',
    });
  });

  it('is opened by the passphrase however its characters are composed', async () => {
    const other = await seal('x', 'Mu\u0308ller-Passphrase', 'identity-backup');
    expect(await unseal(other, 'M\u00fcller-Passphrase', 'identity-backup')).toBe('x');
  });

  it('shows nothing of the text, and is never the same twice', async () => {
    expect(sealed).not.toContain('secret');
    expect(await seal('the secret, with an ä', 'correct horse', 'identity-backup')).not.toBe(sealed);
  });

  it('serves one purpose', async () => {
    await expect(unseal(sealed, 'correct horse', 'vendor-private-key')).rejects.toMatchObject({ problem: 'notSealed' });
    const renamed = change({ purpose: 'vendor-private-key' });
    await expect(unseal(renamed, 'correct horse', 'vendor-private-key')).rejects.toMatchObject({
      problem: 'wrongPassphrase',
    });
  });

  it('cannot be changed', async () => {
    for (const part of ['salt', 'nonce', 'tag', 'data']) {
      const bytes = Buffer.from(JSON.parse(sealed)[part], 'base64');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      const changed = change({ [part]: bytes.toString('base64') });
      await expect(unseal(changed, 'correct horse', 'identity-backup')).rejects.toMatchObject({
        problem: 'wrongPassphrase',
      });
    }
  });

  it.each([
    ['no JSON', 'hello'],
    ['other JSON', '{"format":"other"}'],
    ['a cost that eats the memory', change({ N: 2 ** 30 })],
    ['a cost that is no power of two', change({ N: 2 ** 15 + 1 })],
    ['a short salt', change({ salt: 'AAAA' })],
    ['one field more', change({ more: 1 })],
  ])('is not %s', async (_name, text) => {
    await expect(unseal(text, 'correct horse', 'identity-backup')).rejects.toMatchObject({ problem: 'notSealed' });
  });
});
