import { z } from 'zod';
import { about } from './about.js';
import { type CertificateAdmin, largestPem } from './certificate-admin.js';
import { rowOf, secret } from './operation.js';
import { basis, dryRun, version, withVersion } from './versions.js';

/** What these operations need of the box. */
export interface CertificateBox {
  readonly certificate: CertificateAdmin;
}

const row = rowOf<CertificateBox>();

const nothing = z.strictObject({});
/** Nothing at all is wrong in the words that it has for what is no PEM. */
const pem = z.string().max(largestPem);
const shown = z.object({
  version,
  kind: z.enum(['selfSigned', 'installed']),
  subject: z.string(),
  issuer: z.string(),
  for: z.string(),
  from: z.iso.datetime(),
  until: z.iso.datetime(),
  fingerprint: z.string(),
});

/** The certificate that page and SIP share. */
export const certificateOperations = [
  row({
    name: 'certificate show',
    about: about('operation.certificate.show'),
    roles: ['read'],
    http: { method: 'GET', path: '/certificate' },
    input: nothing,
    output: shown,
    run: async ({ certificate }) => withVersion(certificate.versions, certificate.show()),
  }),
  row({
    name: 'certificate install',
    about: about('operation.certificate.install'),
    roles: ['admin'],
    http: { method: 'PUT', path: '/certificate' },
    isForPersons: true,
    input: z.strictObject({ certificate: pem, key: secret(pem), basis, dryRun }),
    output: shown,
    run: async ({ certificate }, input, caller) => {
      const { versions } = certificate;
      const { certificate: pem, key } = input;
      const install = async () => (input.dryRun ? certificate.tryOut(pem, key) : certificate.install(pem, key, caller));
      return withVersion(versions, await versions.change(input.basis, install));
    },
  }),
  row({
    name: 'certificate remove',
    about: about('operation.certificate.remove'),
    roles: ['admin'],
    http: { method: 'DELETE', path: '/certificate' },
    isForPersons: true,
    input: z.strictObject({ basis }),
    output: shown,
    run: async ({ certificate }, input, caller) => {
      const { versions } = certificate;
      return withVersion(versions, await versions.change(input.basis, () => certificate.remove(caller)));
    },
  }),
];
