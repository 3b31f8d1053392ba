import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Appliance } from '../../support/appliance.js';
import { Nameserver } from '../../support/nameserver.js';
import { officeSettings } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { credentials, trunkTo } from '../../support/trunk-office.js';
import { Upstream } from '../../support/upstream.js';
import { until } from '../../support/waiting.js';

const program = fileURLToPath(new URL('../../../dist/cli/modcall.js', import.meta.url));
const name = 'sip.provider.test';

/** A system with nameservers of its own, for one program only: that takes a namespace, and that takes root. */
class OwnNameservers {
  private constructor(private readonly folder: string) {}

  static async open(configuration: string): Promise<OwnNameservers> {
    const own = new OwnNameservers(await mkdtemp(join(tmpdir(), 'modcall-names-')));
    await own.name(configuration);
    const lines = ['#!/bin/sh', `mount --bind ${own.file} /etc/resolv.conf`, `exec ${program} "$@"`];
    await writeFile(`${own.program}.sh`, `${lines.join('\n')}\n`, { mode: 0o700 });
    await writeFile(own.program, `#!/bin/sh\nexec unshare --mount ${own.program}.sh "$@"\n`, { mode: 0o700 });
    return own;
  }

  /** Modcall, there. */
  get program(): string {
    return join(this.folder, 'modcall');
  }

  /** Names others, as lines of resolv.conf. */
  async name(configuration: string): Promise<void> {
    await writeFile(this.file, configuration);
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }

  private get file(): string {
    return join(this.folder, 'resolv.conf');
  }
}

describe.runIf(process.getuid?.() === 0)('by the nameserver that the system names', () => {
  it('a trunk by name is found, also when it is named later', async () => {
    const system = await OwnNameservers.open('nameserver 127.0.0.99\n');
    const upstream = await Upstream.open(credentials);
    const nameserver = await Nameserver.open('::1', { [name]: '127.0.0.1' });
    const trunk = trunkTo(upstream, { host: name, inbound: { extension: '101' } });
    const appliance = await Appliance.start(await officeSettings({ trunks: [trunk] }), { program: system.program });
    expect(upstream.contact).toBeUndefined();
    await system.name(nameserver.line);
    await until(
      () => `the trunk to register:\n${appliance.logTail()}`,
      () => upstream.contact,
    );
    expect(nameserver.asked).toContain(name);

    expect(await appliance.stop()).toBe(0);
    await appliance.remove();
    upstream.close();
    nameserver.close();
    await system.close();
  });

  it('a provider is found that has no address of its own, only a record of its service', async () => {
    const upstream = await Upstream.open(credentials);
    const nameserver = await Nameserver.open(
      '::1',
      { 'edge.provider.test': '127.0.0.1' },
      { '_sip._udp.provider.test': { target: 'edge.provider.test', port: upstream.address.port } },
    );
    const system = await OwnNameservers.open(nameserver.line);
    const trunk = { ...trunkTo(upstream, { host: 'provider.test', inbound: { extension: '101' } }), port: 5060 };
    const appliance = await Appliance.start(await officeSettings({ trunks: [trunk] }), { program: system.program });
    await until(
      () => `the trunk to register; asked for ${nameserver.asked}:\n${appliance.logTail()}`,
      () => upstream.contact,
    );

    expect(await appliance.stop()).toBe(0);
    await appliance.remove();
    upstream.close();
    nameserver.close();
    await system.close();
  });

  it('the address is found at which a box with a name takes sound from outside', async () => {
    const nameserver = await Nameserver.open('::1', { 'box.test': '127.0.0.5' });
    const system = await OwnNameservers.open(nameserver.line);
    const sip = { address: '127.0.0.1', port: 5060, publicAddress: 'box.test' };
    const office = await RunningOffice.open({ sip }, undefined, { program: system.program });
    await until('the address to be known', () =>
      office.appliance.log.find(({ msg, address }) => msg.startsWith('phones outside') && address === '127.0.0.5'),
    );
    const { caller, callee } = await office.talk('101', '102');
    expect([caller.remoteAudio?.address, callee.remoteAudio?.address]).toEqual(['127.0.0.5', '127.0.0.5']);

    expect(await office.appliance.stop()).toBe(0);
    await office.close();
    nameserver.close();
    await system.close();
  });
});
