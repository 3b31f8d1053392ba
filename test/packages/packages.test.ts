import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPackage, laterPackage } from './built-package.js';
import { Machine } from './machine.js';

/** A question that every SIP server answers. */
const options = [
  'OPTIONS sip:127.0.0.1 SIP/2.0',
  'Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKa;rport',
  'Max-Forwards: 70',
  'From: <sip:test@127.0.0.1>;tag=a',
  'To: <sip:127.0.0.1>',
  'Call-ID: a',
  'CSeq: 1 OPTIONS',
  'Content-Length: 0',
  '\r\n',
].join('\r\n');

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A Debian 13 on which the package is installed, used, renewed and removed, as an admin does it. */
describe('the package', () => {
  let folder: string;
  let machine: Machine;
  const serves = () => machine.untilSh('the box to serve', 'systemctl is-active modcall && modcall state show --json');
  const mainPid = () => machine.sh('systemctl show -P MainPID modcall');
  const hardwareId = () => machine.sh('modcall hardware-id');
  let ofTheBox: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'modcall-packages-'));
    await builtPackage(folder);
    await laterPackage(folder);
    machine = await Machine.boot(folder);
  });
  afterAll(async () => {
    await machine?.stop();
    await rm(folder, { recursive: true });
  });

  it('gives a running box, and the command on the path', async () => {
    await machine.sh('apt-get install -y /shared/modcall_*.deb');
    await serves();
    expect(await machine.sh('modcall --version')).toMatch(/^\d+\.\d+\.\d+/);
    ofTheBox = await hardwareId();
    expect(ofTheBox).toMatch(/^MH2-/);
  });

  it('answers phones', async () => {
    const ask = `const socket = require('dgram').createSocket('udp4');
      socket.on('message', (text) => { console.log(String(text)); process.exit(); });
      socket.send(${JSON.stringify(options)}, 5060, '127.0.0.1');`;
    expect(await machine.sh(`timeout 60 node -e ${quoted(ask)}`)).toContain('SIP/2.0 200');
  });

  it('runs as a user of a fixed number, without any capability, and with the audio first', async () => {
    const status = await machine.sh('cat /proc/$(systemctl show -P MainPID modcall)/status');
    expect(status).toMatch(/^Uid:\t400\t400\t400\t400$/m);
    expect(status).toMatch(/^CapEff:\t0+$/m);
    expect(status).toMatch(/^CapBnd:\t0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    expect(await machine.sh('systemctl show -P LimitNICE modcall')).toBe('35');
    expect(await machine.sh('stat -c "%U:%G %a" /var/lib/modcall')).toBe('modcall:modcall 700');
  });

  it('is closed to the rest of the system', async () => {
    const [, exposure] =
      /exposure level for modcall.service: ([\d.]+)/.exec(
        await machine.sh('systemd-analyze security --no-pager --offline=yes /usr/lib/systemd/system/modcall.service'),
      ) ?? [];
    expect(Number(exposure)).toBeLessThanOrEqual(2);
  });

  it('takes an edited settings file when it is reloaded', async () => {
    await machine.sh(
      `sed -i 's/"ringSeconds": [0-9]*/"ringSeconds": 17/' /var/lib/modcall/settings.json; systemctl reload modcall`,
    );
    await machine.untilSh('the settings to be taken', 'modcall settings show --json | grep -E \'"ringSeconds": *17\'');
  });

  it.each([
    ['dies', 'KILL'],
    ['hangs', 'STOP'],
  ])('is started again when it %s', async (_what, signal) => {
    const before = await mainPid();
    await machine.sh(`kill -${signal} ${before}`);
    await machine.untilSh(
      'another process',
      `[ "$(systemctl show -P MainPID modcall)" != ${before} ] && systemctl is-active modcall`,
    );
    await serves();
  });

  it('keeps what root has changed on the stopped box its own', async () => {
    await machine.sh('systemctl stop modcall');
    await machine.sh('modcall settings change --ring-seconds 18');
    await machine.sh('modcall identity backup --help > /root/help.txt');
    expect(await machine.sh('find /var/lib/modcall ! -user modcall -o ! -group modcall')).toBe('');
    await machine.sh('systemctl start modcall');
    await serves();
    expect(await machine.sh('modcall settings show --json')).toMatch(/"ringSeconds": *18/);
  });

  it('has every command completed, and a page of the manual', async () => {
    expect(
      await machine.sh(
        'bash -n /usr/share/bash-completion/completions/modcall && wc -l < /usr/share/bash-completion/completions/modcall',
      ),
    ).not.toBe('0');
    expect(await machine.sh('zcat /usr/share/man/man1/modcall.1.gz | head -n 40')).toContain('modcall');
  });

  const renewed = async (command: string) => {
    const before = await mainPid();
    await machine.sh(command);
    await machine.untilSh('the new start', `[ "$(systemctl show -P MainPID modcall)" != ${before} ]`);
    await serves();
    expect(await hardwareId()).toBe(ofTheBox);
    expect(await machine.sh('modcall settings show --json')).toMatch(/"ringSeconds": *18/);
    await machine.sh('modcall audit verify');
  };

  it('is upgraded, and goes on with its data', async () => {
    await renewed('apt-get install -y /shared/later/modcall_*.deb');
    expect(await machine.sh("dpkg -s modcall | grep -oP '^Version: \\K.*'")).toMatch(/^99/);
  });

  it('is downgraded, and goes on with its data', async () => {
    await renewed('apt-get install -y --allow-downgrades /shared/modcall_*.deb');
    expect(await machine.sh("dpkg -s modcall | grep -oP '^Version: \\K.*'")).not.toMatch(/^99/);
  });

  it('leaves the data when it is removed', async () => {
    await machine.sh('apt-get remove -y modcall');
    expect(await machine.sh('systemctl is-active modcall || true')).toBe('inactive');
    expect(await machine.sh('ls -d /usr/lib/modcall /usr/bin/modcall 2> /dev/null || true')).toBe('');
    expect(await machine.sh('ls /var/lib/modcall/settings.json /etc/default/modcall')).not.toBe('');
  });

  it('knows itself again when it comes back', async () => {
    await machine.sh('apt-get install -y /shared/modcall_*.deb');
    await serves();
    expect(await hardwareId()).toBe(ofTheBox);
  });

  it('leaves nothing of the box when it is purged', async () => {
    await machine.sh('apt-get purge -y modcall');
    const left = 'find / -xdev -path /proc -prune -o -path /shared -prune -o -iname "*modcall*" -print';
    expect(await machine.sh(`${left} | grep -vE '^/(run|sys|tmp)/' || true`)).toBe('');
  });
});
