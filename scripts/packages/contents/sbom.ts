import { createHash } from 'node:crypto';
import type { Shipped } from './shipped.js';

/** What is compiled in from sources that npm does not bring. */
export interface CompiledIn {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly purl: string;
  /** Of its source; null where Debian keeps it. */
  readonly sha256: string | null;
}

export interface Product {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly licence: string;
}

/** A list of all parts for programs that look for known vulnerabilities: CycloneDX 1.6. The same parts give the same text. */
export function softwareBill(product: Product, npm: readonly Shipped[], compiled: readonly CompiledIn[]): string {
  const components = [...compiled.map(componentOf), ...npm.map(npmComponent)];
  const reference = `pkg:deb/modcall/${product.name}@${product.version}?arch=${product.architecture}`;
  const content = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'firmware',
        'bom-ref': reference,
        name: product.name,
        version: product.version,
        licenses: licensesOf(product.licence),
      },
    },
    components,
    dependencies: [{ ref: reference, dependsOn: components.map((each) => each['bom-ref']) }],
  };
  return `${JSON.stringify({ ...content, serialNumber: serialNumberOf(content) }, null, 2)}\n`;
}

const componentOf = ({ name, version, licence, purl, sha256 }: CompiledIn) => ({
  type: 'library',
  'bom-ref': purl,
  name,
  version,
  licenses: licensesOf(licence),
  purl,
  ...(sha256 === null ? {} : { hashes: [{ alg: 'SHA-256', content: sha256 }] }),
});

const npmComponent = ({ name, version, licence }: Shipped) =>
  componentOf({ name, version, licence, purl: `pkg:npm/${name.replace('@', '%40')}@${version}`, sha256: null });

/** What is no SPDX expression is a name. */
const licensesOf = (licence: string) =>
  licence === 'UNLICENSED' ? [{ license: { name: 'proprietary' } }] : [{ expression: licence }];

/** A UUID made from the content, so that the same parts have the same one. */
function serialNumberOf(content: object): string {
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
