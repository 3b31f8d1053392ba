import { describe, expect, test } from 'vitest';
import { makeKeyPair, publicKeyOf, signWith } from '../../../src/crypto/ed25519.js';
import { isSignedBy, noteText, parseNote, type SignedNote, signed } from '../../../src/crypto/signed-note.js';

const text = 'modcall/AAAA\n12\nroot\n';
const note: SignedNote = { text, signatures: [] };
const keys = [makeKeyPair(), makeKeyPair()] as const;
const by = (index: 0 | 1, name: string, before = note) => {
  const { privateKey } = keys[index];
  return signed(before, name, publicKeyOf(privateKey), signWith(privateKey));
};

describe('a signed note', () => {
  test('is read as it was written, with each signature', () => {
    const both = by(1, 'second', by(0, 'first'));
    const read = parseNote(noteText(both));
    expect(read).toEqual(both);
    if (!read) return;
    expect(isSignedBy(read, 'first', publicKeyOf(keys[0].privateKey))).toBe(true);
    expect(isSignedBy(read, 'second', publicKeyOf(keys[1].privateKey))).toBe(true);
    expect(isSignedBy(read, 'second', publicKeyOf(keys[0].privateKey))).toBe(false);
    expect(isSignedBy(read, 'third', publicKeyOf(keys[0].privateKey))).toBe(false);
    expect(isSignedBy({ ...read, text: text.replace('12', '13') }, 'first', publicKeyOf(keys[0].privateKey))).toBe(
      false,
    );
  });

  // https://github.com/C2SP/C2SP/blob/main/signed-note.md, and the note of https://pkg.go.dev/golang.org/x/mod/sumdb/note
  test('is checked as other programs sign it', () => {
    const written =
      'If you think cryptography is the answer to your problem,\n' +
      "then you don't know what your problem is.\n\n" +
      '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';
    const publicKey = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64').subarray(1);
    const read = parseNote(written);
    expect(read && isSignedBy(read, 'PeterNeumann', publicKey)).toBe(true);
    expect(read && noteText(read)).toBe(written);
  });

  test('is read with signatures of other kinds, as witnesses make them, which count for nobody here', () => {
    const ours = by(0, 'first');
    const witness = { name: 'witness.example/w1', bytes: Buffer.alloc(4 + 8 + 64, 1) };
    const read = parseNote(noteText({ ...ours, signatures: [...ours.signatures, witness] }));
    expect(read?.signatures).toHaveLength(2);
    const publicKey = publicKeyOf(keys[0].privateKey);
    expect(read && isSignedBy(read, 'first', publicKey)).toBe(true);
    expect(read && isSignedBy(read, witness.name, publicKey)).toBe(false);
  });

  test.each([
    '',
    '\n',
    text,
    `${text}\n`,
    noteText(by(0, 'first')).slice(0, -1),
    noteText(by(0, 'first')).replace('— ', '- '),
    noteText(by(0, 'first')).replace('first ', 'first  '),
    `${text}\n— first AAAA\n`,
    `${'x'.repeat(70_000)}\n\n${noteText(by(0, 'first')).split('\n\n')[1]}`,
  ])('is nothing else: %#', (written) => {
    expect(parseNote(written)).toBeNull();
  });
});
