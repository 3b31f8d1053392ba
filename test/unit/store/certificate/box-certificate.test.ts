import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CertificateAdmin } from '../../../../src/admin/certificate-admin.js';
import { lifetimeMs, renewedBeforeMs } from '../../../../src/crypto/certificate.js';
import { BoxCertificate, leafOf } from '../../../../src/store/certificate/box-certificate.js';
import type { AccessFact } from '../../../../src/store/users/access-fact.js';
import { person } from '../../admin/box.js';

const run = promisify(execFile);
const dayMs = 24 * 3_600_000;
const start = Date.UTC(2026, 2, 4, 12);
let folder: string;
let wall: { time: number; state: 'set' | 'behind' | 'notSet' };
let names: string[];
let addresses: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-certificate-'));
  wall = { time: start, state: 'set' };
  names = ['modcall', 'modcall.local', 'localhost'];
  addresses = ['127.0.0.1', '::1', '192.0.2.10', '2001:db8::a:1'];
});
afterEach(() => rm(folder, { recursive: true }));

const open = () =>
  BoxCertificate.open({
    selfSigned: join(folder, 'identity', 'self.pem'),
    installed: join(folder, 'identity', 'installed.pem'),
    reachedBy: () => ({ names, addresses }),
    wall: () => wall,
  });
const leaf = (box: BoxCertificate) => {
  const found = leafOf(box.current);
  if (!found) throw new Error('no certificate');
  return found;
};
const keyOf = (box: BoxCertificate) => leaf(box).publicKey.export({ type: 'spki', format: 'pem' });

describe('the certificate that the box issues for itself', () => {
  test('is there from the first start, for its names and addresses, and stays', async () => {
    const box = await open();
    const certificate = leaf(box);
    expect([...names, ...addresses].map((each) => certificate.checkHost(each) ?? certificate.checkIP(each))).toEqual([
      ...names,
      ...addresses,
    ]);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect([Date.parse(certificate.validFrom), Date.parse(certificate.validTo)]).toEqual([
      start - 2 * dayMs,
      start + lifetimeMs,
    ]);
    expect((await open()).current).toEqual(box.current);
    expect((await stat(join(folder, 'identity', 'self.pem'))).mode & 0o777).toBe(0o600);
  });

  test('is one that OpenSSL accepts, too', async () => {
    const file = join(folder, 'certificate.pem');
    await writeFile(file, (await open()).current.certificate);
    const { stdout } = await run('openssl', [
      'verify',
      '-x509_strict',
      '-check_ss_sig',
      '-attime',
      String(start / 1000),
      '-CAfile',
      file,
      file,
    ]);
    expect(stdout).toContain('OK');
    const shown = await run('openssl', ['x509', '-in', file, '-noout', '-text']);
    expect(shown.stdout).toMatch(/TLS Web Server Authentication/);
    expect(shown.stdout).toMatch(/DNS:modcall\.local/);
  });

  test('serves TLS', async () => {
    wall.time = Date.now();
    const { key, certificate } = (await open()).current;
    const server = createServer({ key, cert: certificate }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = connect({ port, host: '127.0.0.1', ca: certificate, servername: 'localhost' });
    await once(socket, 'secureConnect');
    expect(socket.authorized).toBe(true);
    socket.destroy();
    server.close();
  });

  test('is renewed before its end, and its key stays', async () => {
    const box = await open();
    const [key, before] = [keyOf(box), leaf(box).fingerprint256];
    const changes: string[] = [];
    box.onChange(({ kind }) => changes.push(kind));
    wall.time = start + lifetimeMs - renewedBeforeMs - dayMs;
    expect(await box.renewIfDue()).toBe(false);
    wall.time += 2 * dayMs;
    expect(await box.renewIfDue()).toBe(true);
    expect([leaf(box).fingerprint256 === before, keyOf(box), changes]).toEqual([false, key, ['selfSigned']]);
    expect(leaf(await open()).fingerprint256).toBe(leaf(box).fingerprint256);
  });

  test('follows the addresses of the box, but not those that come and go by themselves', async () => {
    const box = await open();
    addresses = ['127.0.0.1', '::1', '2001:db8::a:1'];
    expect(await box.renewIfDue()).toBe(false);
    addresses = [...addresses, '2001:db8::ffff'];
    expect(await box.renewIfDue()).toBe(false);
    addresses = ['127.0.0.1', '::1', '192.0.2.99'];
    expect(await box.renewIfDue()).toBe(true);
    expect(leaf(box).checkIP('192.0.2.99')).toBe('192.0.2.99');
  });

  test('follows the names of the box, those that it has no more too', async () => {
    const box = await open();
    names = [...names, 'Phones.Example.com'];
    expect(await box.renewIfDue()).toBe(true);
    expect(leaf(box).checkHost('phones.example.com')).toBeDefined();
    expect(await box.renewIfDue()).toBe(false);
    names = names.slice(0, -1);
    expect(await box.renewIfDue()).toBe(true);
    expect(leaf(box).checkHost('phones.example.com')).toBeUndefined();
  });

  test('stays although the box has more names and addresses than fit into one', async () => {
    addresses = Array.from({ length: 60 }, (_, n) => `192.0.2.${n}`);
    names = Array.from({ length: 20 }, (_, n) => `name-${n}`);
    const box = await open();
    expect(leaf(box).checkIP('192.0.2.11')).toBeDefined();
    expect(await box.renewIfDue()).toBe(false);
  });

  test('is right once a clock that was not set is', async () => {
    wall = { time: 0, state: 'notSet' };
    const box = await open();
    expect(Date.parse(leaf(box).validTo)).toBeGreaterThan(Date.UTC(2026, 0));
    wall = { time: Date.UTC(2028, 0), state: 'set' };
    expect(await box.renewIfDue()).toBe(true);
    wall = { time: start, state: 'set' };
    expect(await box.renewIfDue()).toBe(true);
    wall = { time: 0, state: 'notSet' };
    expect(await box.renewIfDue()).toBe(false);
  });

  test.each(['', 'rubbish', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])(
    'is made anew where its file is broken: %j',
    async (text) => {
      await open();
      await writeFile(join(folder, 'identity', 'self.pem'), text);
      expect((await open()).current.kind).toBe('selfSigned');
      expect(await readFile(join(folder, 'identity', 'self.pem'), 'utf8')).toContain('BEGIN PRIVATE KEY');
    },
  );
});

describe('a certificate of one’s own', () => {
  /** An authority, one below it, and a certificate for the box, made by OpenSSL. */
  const authority = async (days = 30) => {
    const make = (args: string[]) => run('openssl', args, { cwd: folder });
    const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
    await make(['req', '-x509', ...ec, '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=Root', '-days', '60']);
    await writeFile(join(folder, 'ca.cnf'), 'basicConstraints=critical,CA:TRUE\n');
    await make(['req', ...ec, '-keyout', 'sub.key', '-out', 'sub.csr', '-subj', '/CN=Sub']);
    await make([
      'x509',
      '-req',
      '-in',
      'sub.csr',
      '-CA',
      'root.pem',
      '-CAkey',
      'root.key',
      '-out',
      'sub.pem',
      '-days',
      '60',
      '-extfile',
      'ca.cnf',
    ]);
    await make(['req', ...ec, '-keyout', 'box.key', '-out', 'box.csr', '-subj', '/CN=phones.example']);
    await make([
      'x509',
      '-req',
      '-in',
      'box.csr',
      '-CA',
      'sub.pem',
      '-CAkey',
      'sub.key',
      '-out',
      'box.pem',
      '-days',
      String(days),
    ]);
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    const [root, sub, box, boxKey, subKey] = await Promise.all(
      ['root.pem', 'sub.pem', 'box.pem', 'box.key', 'sub.key'].map(read),
    );
    return { root: root ?? '', sub: sub ?? '', box: box ?? '', boxKey: boxKey ?? '', subKey: subKey ?? '' };
  };

  test('is taken into use with those that issued it, and survives a restart', async () => {
    const { root, sub, box, boxKey } = await authority();
    wall.time = Date.now();
    const facts: AccessFact[] = [];
    const certificate = await open();
    const admin = new CertificateAdmin(certificate, (fact) => facts.push(fact));
    const view = await admin.install(`comment\n${box}${sub}${root}`, boxKey, person('ada'));
    expect(view).toMatchObject({ kind: 'installed', subject: 'CN=phones.example', issuer: 'CN=Sub' });
    expect((await open()).current).toEqual(certificate.current);
    expect(await admin.remove(person('ada'))).toMatchObject({ kind: 'selfSigned' });
    expect((await open()).current.kind).toBe('selfSigned');
    expect(facts.map(({ type }) => type)).toEqual(['certificateInstalled', 'certificateRemoved']);
  });

  test('is refused with what is wrong with it, and nothing changes', async () => {
    const { root, sub, box, boxKey, subKey } = await authority();
    wall.time = Date.now();
    const certificate = await open();
    const before = certificate.current;
    const fault = async (chain: string, key: string) => (await certificate.install(chain, key))?.fault ?? null;
    expect(await fault('rubbish', boxKey)).toBe('unreadable');
    expect(await fault(`${box}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n`, boxKey)).toBe(
      'unreadable',
    );
    expect(await fault(box, 'rubbish')).toBe('keyUnreadable');
    expect(await fault(box, subKey)).toBe('keyMismatch');
    expect(await fault(sub + box, boxKey)).toBe('isAuthority');
    expect(await fault(box + root, boxKey)).toBe('chainOrder');
    expect(await fault(box + sub.repeat(8), boxKey)).toBe('tooLong');
    expect(await fault(`${box}${'x'.repeat(70_000)}`, boxKey)).toBe('unreadable');
    wall.time += 31 * dayMs;
    expect(await fault(box + sub, boxKey)).toBe('expired');
    wall.time -= 40 * dayMs;
    expect(await fault(box, boxKey)).toBe('notYetValid');
    expect(certificate.current).toEqual(before);
    wall = { time: 0, state: 'notSet' };
    expect(await fault(box, boxKey)).toBeNull();
  });

  test('of a weak key is refused', async () => {
    await run(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-keyout', 'weak.key', '-out', 'weak.pem', '-subj', '/CN=x'],
      { cwd: folder },
    );
    wall.time = Date.now();
    const [pem, key] = await Promise.all(['weak.pem', 'weak.key'].map((name) => readFile(join(folder, name), 'utf8')));
    expect(await (await open()).install(pem ?? '', key ?? '')).toEqual({ fault: 'weakKey' });
  });
});
