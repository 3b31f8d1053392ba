import { createPrivateKey, type KeyObject } from 'node:crypto';
import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { makeKeyPair, publicKeyOf, signWith, verifySignature } from '../../src/crypto/ed25519.js';
import { SealError, seal, unseal } from '../../src/crypto/sealed-text.js';
import { shortestPassphrase } from '../../src/identity/identity-backup.js';
import { fromHex, toHex } from '../../src/licensing/bytes.js';
import type { Licence } from '../../src/licensing/licence.js';
import { type Sign, type Trust, writeLicenceKey } from '../../src/licensing/licence-key.js';
import { licenceReport } from '../../src/licensing/report.js';
import { VendorError } from './vendor-error.js';

const privateKeyFile = 'private-key.json';
const publicKeyFile = 'public-key.txt';
const ledgerFile = 'issued.jsonl';
const firstKeyNumber = 1001;

const ledgerLine = z.object({ keyNumber: z.number().int() });

/** The vendor's folder: the encrypted private key, the public key, and the list of all keys ever issued. Not part of the product. */
export class VendorOffice {
  constructor(private readonly folder: string) {}

  /** Makes the key pair; one that is there already is never overwritten, since every licence out there hangs on it. */
  async makeKeys(passphrase: string): Promise<void> {
    if (passphrase.length < shortestPassphrase) {
      throw new VendorError(`The passphrase is too short: it needs at least ${shortestPassphrase} characters.`);
    }
    const { privateKey, publicKey } = makeKeyPair();
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await this.writeNew(privateKeyFile, await seal(pem, passphrase, 'vendor-private-key'));
    await this.writeNew(publicKeyFile, `${toHex(publicKey)}\n`);
  }

  async publicKey(): Promise<Uint8Array> {
    const key = fromHex((await this.read(publicKeyFile)).trim());
    if (!key) throw new VendorError(`${publicKeyFile} in ${this.folder} is damaged: it must be 64 hexadecimal digits.`);
    return key;
  }

  async trust(): Promise<Trust> {
    return { publicKeys: [await this.publicKey()], verifySignature };
  }

  async sign(passphrase: string): Promise<Sign> {
    return signWith(await this.privateKey(passphrase));
  }

  /** Signs a licence under the next free key number, and notes it before it is given out. */
  async issue(order: Omit<Licence, 'keyNumber'>, passphrase: string): Promise<{ licence: Licence; key: string }> {
    const sign = await this.sign(passphrase);
    const licence: Licence = { ...order, keyNumber: await this.nextKeyNumber() };
    const key = writeLicenceKey(licence, sign);
    await appendFile(join(this.folder, ledgerFile), `${JSON.stringify({ ...licenceReport(licence), key })}\n`, {
      flush: true,
    });
    return { licence, key };
  }

  private async nextKeyNumber(): Promise<number> {
    const text = await readFile(join(this.folder, ledgerFile), 'utf8').catch(() => '');
    const numbers = text
      .split('\n')
      .filter(Boolean)
      .map((line) => ledgerLine.parse(JSON.parse(line)).keyNumber);
    return Math.max(firstKeyNumber - 1, ...numbers) + 1;
  }

  private async privateKey(passphrase: string): Promise<KeyObject> {
    const sealed = await this.read(privateKeyFile);
    const pem = await unseal(sealed, passphrase, 'vendor-private-key').catch((error: unknown) => {
      if (!(error instanceof SealError)) throw error;
      throw new VendorError(
        error.problem === 'wrongPassphrase' ? 'The passphrase is wrong.' : `${privateKeyFile} is damaged.`,
      );
    });
    const privateKey = createPrivateKey(pem);
    if (toHex(publicKeyOf(privateKey)) !== toHex(await this.publicKey())) {
      throw new VendorError(
        `${privateKeyFile} and ${publicKeyFile} do not belong together; fetch both from the same backup.`,
      );
    }
    return privateKey;
  }

  private async read(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8').catch(() => {
      throw new VendorError(
        `There is no ${name} in ${this.folder}. Make it first (make-keys), or give the right --office.`,
      );
    });
  }

  private async writeNew(name: string, text: string): Promise<void> {
    await writeFile(join(this.folder, name), text, { flag: 'wx', mode: 0o600 }).catch(() => {
      throw new VendorError(
        `There is a ${name} in ${this.folder} already, and it is never overwritten. Choose another folder.`,
      );
    });
  }
}
