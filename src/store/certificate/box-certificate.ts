import type { KeyObject, X509Certificate } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeCertificateKey, type ReachedBy, selfSigned } from '../../crypto/certificate.js';
import { type CertificateFault, certificateFault, readChain, readPrivateKey } from '../../crypto/certificate-check.js';
import { isRenewalDue } from '../../crypto/certificate-due.js';
import type { UnixTime, WallState } from '../../primitives/time.js';
import { makeFolder, readIfThere, syncFolder, writeDurably } from '../files/durable-file.js';
import { InTurn } from '../in-turn.js';

/** Key and certificates in PEM form, as TLS expects them. */
export interface TlsIdentity {
  /** `installed`: brought by an admin. */
  readonly kind: 'selfSigned' | 'installed';
  readonly key: string;
  /** The certificate of the box first, then those that issued it. */
  readonly certificate: string;
}

export interface CertificatePlace {
  /**
   * Files of the one that the box issued for itself, and of the one that an admin brought. Each has the key, too, so that both change as
   * one.
   */
  readonly selfSigned: string;
  readonly installed: string;
  reachedBy(): ReachedBy;
  wall(): { readonly time: UnixTime; readonly state: WallState };
}

/** A clock that shows an earlier time was never set: a certificate made by it would have expired once it is. */
const productBegan = Date.UTC(2025, 0, 1);

/** The certificate of the box for page and SIP, from its first start on. */
export class BoxCertificate {
  readonly #changes = new InTurn();
  readonly #listeners: ((identity: TlsIdentity) => void)[] = [];

  private constructor(
    private readonly place: CertificatePlace,
    private own: TlsIdentity | null,
    private installed: TlsIdentity | null,
  ) {}

  /** A file that cannot be understood counts as missing. */
  static async open(place: CertificatePlace): Promise<BoxCertificate> {
    const [own, installed] = await Promise.all([
      readIdentity(place.selfSigned, 'selfSigned'),
      readIdentity(place.installed, 'installed'),
    ]);
    const certificate = new BoxCertificate(place, own, installed);
    await certificate.renewIfDue();
    return certificate;
  }

  get current(): TlsIdentity {
    const identity = this.installed ?? this.own;
    if (!identity) throw new Error('a box has a certificate from its start on');
    return identity;
  }

  /** Calls back with each certificate that is in use from then on. */
  onChange(listener: (identity: TlsIdentity) => void): void {
    this.#listeners.push(listener);
  }

  /** Makes the box's own certificate anew where it has to be; its key stays. To be asked daily, and when addresses have changed. */
  renewIfDue(): Promise<boolean> {
    return this.#changes.run(async () => {
      const { time, state } = this.place.wall();
      const reachedBy = this.place.reachedBy();
      const present = this.own && leafOf(this.own);
      if (present && !isRenewalDue(present, reachedBy, state === 'set' ? time : null)) return false;
      const key = (this.own && readPrivateKey(this.own.key)) ?? makeCertificateKey();
      this.own = ownIdentity(key, reachedBy, Math.max(time, productBegan));
      // A disk that cannot be written to does not leave the box without one: it is made again at the next start.
      await keep(this.place.selfSigned, this.own).catch(() => undefined);
      if (!this.installed) this.#notify();
      return true;
    });
  }

  /** What is wrong with a certificate and its key; null when nothing is. */
  faultOf(certificate: string, key: string): CertificateFault | null {
    const { time, state } = this.place.wall();
    return certificateFault(certificate, key, state === 'set' ? time : null);
  }

  /** Takes a certificate into use that an admin has brought; tells what is wrong with it, null when nothing is. */
  install(certificate: string, key: string): Promise<CertificateFault | null> {
    return this.#changes.run(async () => {
      const fault = this.faultOf(certificate, key);
      if (fault) return fault;
      const identity = normal('installed', certificate, key);
      await keep(this.place.installed, identity);
      this.installed = identity;
      this.#notify();
      return null;
    });
  }

  /** Returns to the one that the box issued for itself. */
  removeInstalled(): Promise<boolean> {
    return this.#changes.run(async () => {
      if (!this.installed) return false;
      await rm(this.place.installed, { force: true });
      await syncFolder(dirname(this.place.installed));
      this.installed = null;
      this.#notify();
      return true;
    });
  }

  #notify(): void {
    for (const listener of this.#listeners) listener(this.current);
  }
}

/** The certificate of the box itself. */
export function leafOf({ certificate }: Pick<TlsIdentity, 'certificate'>): X509Certificate | null {
  return readChain(certificate)?.[0] ?? null;
}

function ownIdentity(key: KeyObject, reachedBy: ReachedBy, now: number): TlsIdentity {
  const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { kind: 'selfSigned', key: pem, certificate: selfSigned(key, reachedBy, now) };
}

/** Without anything else that was in the text. */
function normal(kind: TlsIdentity['kind'], certificate: string, key: string): TlsIdentity {
  const chain = readChain(certificate) ?? [];
  const pem = readPrivateKey(key)?.export({ type: 'pkcs8', format: 'pem' }) ?? '';
  return { kind, key: pem.toString(), certificate: chain.map((each) => each.toString()).join('') };
}

async function keep(path: string, { key, certificate }: TlsIdentity): Promise<void> {
  await makeFolder(dirname(path));
  await writeDurably(path, `${key}${certificate}`);
}

async function readIdentity(path: string, kind: TlsIdentity['kind']): Promise<TlsIdentity | null> {
  const text = await readIfThere(path).catch(() => null);
  if (text === null) return null;
  const end = text.indexOf('-----BEGIN CERTIFICATE-----');
  const [key, certificate] = [text.slice(0, Math.max(0, end)), text.slice(Math.max(0, end))];
  return certificateFault(certificate, key, null) === null ? normal(kind, certificate, key) : null;
}
