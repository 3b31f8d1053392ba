import { createPrivateKey } from 'node:crypto';
import { makeKeyPair, publicKeyOf, signWith } from '../../crypto/ed25519.js';
import { SealError, seal, unseal } from '../../crypto/sealed-text.js';
import { noteText, signed } from '../../crypto/signed-note.js';
import { AdminError } from '../../store/admin-error.js';
import { documentSchema } from '../../store/agreement/agreement-schema.js';
import { agreementOf, textToSign } from '../../store/agreement/signing.js';
import { type Checkpoint, countersignerOf } from '../../store/audit/checkpoint.js';
import { parseJson } from '../../store/files/json-text.js';

const shortestPassphrase = 10;

/** A new key for employer or council, which no box ever sees: its private half sealed with a passphrase, and what the document names. */
export async function makeSignerKey(
  passphrase: string,
): Promise<{ readonly sealed: string; readonly publicKey: string }> {
  if (passphrase.length < shortestPassphrase)
    throw new AdminError({ code: 'identity.weakPassphrase', params: { shortest: shortestPassphrase } });
  const { privateKey, publicKey } = makeKeyPair();
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { sealed: await seal(pem, passphrase, 'agreement-key'), publicKey: publicKey.toString('hex') };
}

/** What a person has signed, to be compared with what the box shows, and the signature to be given to it. */
export interface Signed {
  readonly version: number;
  readonly hash: string;
  readonly publicKey: string;
  readonly signature: string;
}

/**
 * Signs a document on a computer of one's own. @param text The document, or an answer of the box that has it as `proposal.document` or `document`.
 * @throws AdminError
 */
export async function signDocument(text: string, sealed: string, passphrase: string): Promise<Signed> {
  const document = documentIn(text);
  const privateKey = createPrivateKey(await opened(sealed, passphrase));
  const signature = Buffer.from(signWith(privateKey)(textToSign(document))).toString('hex');
  const { hash } = agreementOf(document);
  return { version: document.version, hash, publicKey: publicKeyOf(privateKey).toString('hex'), signature };
}

/**
 * Adds a person's signature to a checkpoint of a record: with it, nobody can say that the box had never come that far.
 * @throws AdminError
 */
export async function countersign(checkpoint: Checkpoint, sealed: string, passphrase: string): Promise<string> {
  const privateKey = createPrivateKey(await opened(sealed, passphrase));
  const publicKey = publicKeyOf(privateKey);
  return noteText(signed(checkpoint.note, countersignerOf(publicKey), publicKey, signWith(privateKey)));
}

function documentIn(text: string) {
  const parsed = parseJson(text);
  const value: unknown = parsed.ok ? parsed.value : null;
  // What is in force bears its signatures already: of an answer with both, the proposal is meant.
  const found = [value, Object(Object(value).proposal).document, Object(value).document];
  const document = found.map((each) => documentSchema.safeParse(each).data).find((each) => each !== undefined);
  if (document === undefined) throw new AdminError({ code: 'agreement.notADocument' });
  return document;
}

async function opened(sealed: string, passphrase: string): Promise<string> {
  try {
    return await unseal(sealed, passphrase, 'agreement-key');
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new AdminError({
      code: error.problem === 'wrongPassphrase' ? 'agreement.wrongPassphrase' : 'agreement.notAKey',
    });
  }
}
