import { sha256, verifySignature } from './ed25519.js';

/** A text with signatures, as transparency logs and their witnesses exchange it (C2SP signed-note). Lines end with a line feed. */
export interface SignedNote {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  /** Who says that they have signed. */
  readonly name: string;
  /** The beginning of the key's hash (4 bytes), and the signature: 64 bytes where it is by Ed25519, as ours are. */
  readonly bytes: Buffer;
}

const marker = '— ';
const ed25519 = 1;
/** A name holds neither white space nor a plus sign. */
const nameForm = /^[^\s+]{1,255}$/u;
const idBytes = 4;
const longest = 64 * 1024;

/** Adds a signature. @param sign Makes an Ed25519 signature over these bytes. */
export function signed(
  { text, signatures }: SignedNote,
  name: string,
  publicKey: Uint8Array,
  sign: (message: Uint8Array) => Uint8Array,
): SignedNote {
  const bytes = Buffer.concat([keyId(name, publicKey), sign(Buffer.from(text))]);
  return { text, signatures: [...signatures, { name, bytes }] };
}

/** Whether the key has signed the note by this name. */
export function isSignedBy({ text, signatures }: SignedNote, name: string, publicKey: Uint8Array): boolean {
  const id = keyId(name, publicKey);
  return signatures.some(
    (each) =>
      each.name === name &&
      each.bytes.subarray(0, idBytes).equals(id) &&
      verifySignature(publicKey, Buffer.from(text), each.bytes.subarray(idBytes)),
  );
}

export const noteText = ({ text, signatures }: SignedNote): string =>
  `${text}\n${signatures.map(({ name, bytes }) => `${marker}${name} ${bytes.toString('base64')}\n`).join('')}`;

/** Null for what is no signed note. */
export function parseNote(written: string): SignedNote | null {
  const end = written.lastIndexOf('\n\n');
  if (written.length > longest || end < 0 || !written.endsWith('\n')) return null;
  const lines = written.slice(end + 2, -1).split('\n');
  const signatures = lines.map(signatureIn).filter((each) => each !== null);
  return signatures.length === lines.length ? { text: written.slice(0, end + 1), signatures } : null;
}

function signatureIn(line: string): NoteSignature | null {
  const [name = '', written = '', ...others] = line.startsWith(marker) ? line.slice(marker.length).split(' ') : [];
  const bytes = Buffer.from(written, 'base64');
  // Witnesses sign in ways of their own.
  const isWhole = bytes.length > idBytes && bytes.toString('base64') === written;
  return nameForm.test(name) && isWhole && others.length === 0 ? { name, bytes } : null;
}

const keyId = (name: string, publicKey: Uint8Array): Buffer =>
  Buffer.from(sha256(Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ed25519), publicKey]))).subarray(0, idBytes);
