import { describe, expect, test } from 'vitest';
import { makeSignerKey, signDocument } from '../../../../src/admin/agreement/signer-key.js';
import { agreementOf, soundSigners } from '../../../../src/store/agreement/signing.js';
import { agreed, councilKey } from '../../agreement/documents.js';

const passphrase = 'a passphrase of the council';

describe('a key that is made away from the box', () => {
  test('signs what the box shows, with its passphrase alone', async () => {
    const { sealed, publicKey } = await makeSignerKey(passphrase);
    const document = { ...agreed, signers: { employer: publicKey, council: councilKey } };
    const { hash } = agreementOf(document);
    for (const text of [
      document,
      { document, signatures: {} },
      { state: 'none', document: null, proposal: { document } },
      { state: 'inForce', document: { ...document, modes: [] }, proposal: { document } },
    ]) {
      const signed = await signDocument(JSON.stringify(text), sealed, passphrase);
      expect(signed).toMatchObject({ version: 1, hash, publicKey });
      expect(soundSigners(document, { employer: signed.signature }, document.signers)).toEqual(new Set(['employer']));
    }
    await expect(signDocument(JSON.stringify(document), sealed, 'another passphrase')).rejects.toThrow(
      'wrongPassphrase',
    );
    await expect(signDocument('{"format":1}', sealed, passphrase)).rejects.toThrow('notADocument');
    await expect(signDocument(JSON.stringify(document), '{}', passphrase)).rejects.toThrow('notAKey');
  });

  test('needs a passphrase that is not guessed at once', async () => {
    await expect(makeSignerKey('short')).rejects.toThrow('weakPassphrase');
  });
});
