import { describe, expect, it } from 'vitest';
import { makeKeyPair, verifySignature } from '../../../src/crypto/ed25519.js';
import { type BlockList, isBlocked, readBlockList, writeBlockList } from '../../../src/licensing/block-list.js';
import { issued, otherId, ownId, sign, trust } from './vendor.js';

const list: BlockList = {
  number: 7,
  issued,
  entries: [
    { product: 'modcall', id: ownId },
    { product: 'faxbox', id: otherId },
  ],
};
const text = writeBlockList(list, sign);

describe('a block list', () => {
  it('is read as it was signed, with either kind of line end', () => {
    expect(readBlockList(text, trust)).toEqual({ ok: true, list });
    expect(readBlockList(text.replaceAll('\n', '\r\n'), trust)).toEqual({ ok: true, list });
  });

  it('may be empty', () => {
    const empty: BlockList = { number: 1, issued, entries: [] };
    expect(readBlockList(writeBlockList(empty, sign), trust)).toEqual({ ok: true, list: empty });
  });

  it('blocks a box for a product', () => {
    expect(isBlocked(list, 'modcall', ownId)).toBe(true);
    expect(isBlocked(list, 'faxbox', ownId)).toBe(false);
    expect(isBlocked(undefined, 'modcall', ownId)).toBe(false);
  });

  it('that was changed, or signed by another, does not count', () => {
    const changes = [
      text.replace('modcall', 'modcalm'),
      text.replace(/blocked faxbox.*\n/, ''),
      text.replace('number 7', 'number 8'),
    ];
    for (const changed of changes) expect(readBlockList(changed, trust)).toEqual({ ok: false, problem: 'notSigned' });
    const other = { publicKeys: [makeKeyPair().publicKey], verifySignature };
    expect(readBlockList(text, other)).toEqual({ ok: false, problem: 'notSigned' });
  });

  it.each(['', 'hello', text.slice(0, 50), `${text}more`, text.replace(/signature.*/, 'signature 00')])(
    'is not %j',
    (wrong) => {
      expect(readBlockList(wrong, trust)).toEqual({ ok: false, problem: 'notABlockList' });
    },
  );
});
