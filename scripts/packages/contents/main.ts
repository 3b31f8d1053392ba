import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notices } from './notices.js';
import { softwareBill } from './sbom.js';
import { shippedPackages } from './shipped.js';
import { layOut } from './tree.js';

/** `main.js TARGET ARCHITECTURE VERSION PJSIP_SHA256 OPENSSL_VERSION`, run in the checkout. */
const [target = '', architecture = '', version = '', pjsipSha256 = '', openssl = ''] = process.argv.slice(2);
const root = process.cwd();

const compiledIn = [
  {
    name: 'pjproject',
    version: '2.17',
    licence: 'GPL-2.0-or-later',
    purl: 'pkg:github/pjsip/pjproject@2.17',
    sha256: pjsipSha256,
  },
  {
    name: 'openssl',
    version: openssl,
    licence: 'Apache-2.0',
    purl: `pkg:deb/debian/openssl@${openssl}?distro=debian-13`,
    sha256: null,
  },
];

const npm = shippedPackages(root);
mkdirSync(join(target, 'app'), { recursive: true });
layOut(root, join(target, 'app'), architecture);
const product = { name: 'modcall', version, architecture, licence: 'UNLICENSED' };
writeFileSync(join(target, 'modcall.cdx.json'), softwareBill(product, npm, compiledIn));
writeFileSync(join(target, 'third-party-notices.txt'), notices(npm));
