import type { CertificateFault } from '../crypto/certificate-check.js';
import type { Message } from '../locales/codes.js';
import { AdminError } from '../store/admin-error.js';
import { type BoxCertificate, leafOf, type TlsIdentity } from '../store/certificate/box-certificate.js';
import type { AccessFact } from '../store/users/access-fact.js';
import { Versioned } from '../store/versioned.js';
import type { Caller } from './operation.js';
import { byOf } from './recording.js';

export { largestPem } from '../crypto/certificate-check.js';

export interface CertificateView {
  readonly kind: 'selfSigned' | 'installed';
  readonly subject: string;
  readonly issuer: string;
  /** Names and addresses that it is for. */
  readonly for: string;
  readonly from: string;
  readonly until: string;
  /** SHA-256, as browsers show it. */
  readonly fingerprint: string;
}

/** What admins do with the certificate of the box. */
export class CertificateAdmin {
  readonly versions = new Versioned(() => this.certificate.current.certificate);

  constructor(
    private readonly certificate: BoxCertificate,
    private readonly record: (fact: AccessFact) => void,
  ) {}

  show(): CertificateView {
    return this.#viewOf(this.certificate.current);
  }

  #viewOf(identity: Pick<TlsIdentity, 'kind' | 'certificate'>): CertificateView {
    const { kind } = identity;
    const leaf = leafOf(identity);
    if (!leaf) throw new Error('a certificate in use can be read');
    const { subject, issuer, subjectAltName, validFrom, validTo, fingerprint256 } = leaf;
    return {
      kind,
      subject: subject ?? '',
      issuer: issuer ?? '',
      for: subjectAltName ?? '',
      from: new Date(validFrom).toISOString(),
      until: new Date(validTo).toISOString(),
      fingerprint: fingerprint256,
    };
  }

  /**
   * A certificate as it would be shown if it were in use.
   * @throws AdminError with what is wrong with it or its key.
   */
  tryOut(certificate: string, key: string): CertificateView {
    const fault = this.certificate.faultOf(certificate, key);
    if (fault) throw faultError(fault);
    return this.#viewOf({ kind: 'installed', certificate });
  }

  /**
   * Takes a certificate and its key into use.
   * @throws AdminError with what is wrong with them.
   */
  async install(certificate: string, key: string, caller: Caller): Promise<CertificateView> {
    const fault = await this.certificate.install(certificate, key);
    if (fault) throw faultError(fault);
    const view = this.show();
    this.record({ type: 'certificateInstalled', fingerprint: view.fingerprint, ...byOf(caller) });
    return view;
  }

  /** Goes back to the certificate that the box issued for itself. */
  async remove(caller: Caller): Promise<CertificateView> {
    if (await this.certificate.removeInstalled()) this.record({ type: 'certificateRemoved', ...byOf(caller) });
    return this.show();
  }
}

function faultError(found: CertificateFault): AdminError {
  return new AdminError(problemOf(found), { field: isOfKey(found) ? 'key' : 'certificate' });
}

const isOfKey = ({ fault }: CertificateFault): boolean =>
  fault === 'keyUnreadable' || fault === 'keyMismatch' || fault === 'weakKey';

function problemOf(found: CertificateFault): Message {
  switch (found.fault) {
    case 'chainOrder':
      return { code: 'access.certificate.chainOrder', params: { position: found.position } };
    case 'expired':
      return { code: 'access.certificate.expired', params: { position: found.position, until: found.until } };
    case 'notYetValid':
      return { code: 'access.certificate.notYetValid', params: { position: found.position, from: found.from } };
    case 'tooLong':
      return { code: 'access.certificate.tooLong', params: { most: found.most } };
    default:
      return { code: `access.certificate.${found.fault}` };
  }
}
