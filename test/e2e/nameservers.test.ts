import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { Appliance } from '../support/appliance.js';
import { Nameserver } from '../support/nameserver.js';
import { officeSettings } from '../support/office.js';
import { credentials, trunkTo } from '../support/trunk-office.js';
import { Upstream } from '../support/upstream.js';
import { until } from '../support/waiting.js';

const program = fileURLToPath(new URL('../../dist/cli/modcall.js', import.meta.url));
const name = 'sip.provider.test';

/** That the system has other nameservers only for the process under test takes a namespace of its own, and that takes root. */
it.runIf(process.getuid?.() === 0)(
  'a trunk by name is found by the nameserver that the system names later',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'modcall-names-'));
    const configuration = join(folder, 'resolv.conf');
    const script = join(folder, 'modcall');
    await writeFile(configuration, 'nameserver 127.0.0.99\n');
    const lines = ['#!/bin/sh', `mount --bind ${configuration} /etc/resolv.conf`, `exec ${program} "$@"`];
    await writeFile(`${script}.sh`, `${lines.join('\n')}\n`, { mode: 0o700 });
    await writeFile(script, `#!/bin/sh\nexec unshare --mount ${script}.sh "$@"\n`, { mode: 0o700 });

    const upstream = await Upstream.open(credentials);
    const nameserver = await Nameserver.open('::1', { [name]: '127.0.0.1' });
    const trunk = trunkTo(upstream, { host: name, inbound: { extension: '101' } });
    const appliance = await Appliance.start(await officeSettings({ trunks: [trunk] }), { program: script });
    expect(upstream.contact).toBeUndefined();
    await writeFile(configuration, nameserver.line);
    await until(
      () => `the trunk to register:\n${appliance.logTail()}`,
      () => upstream.contact,
    );
    expect(nameserver.asked).toContain(name);

    expect(await appliance.stop()).toBe(0);
    await appliance.remove();
    upstream.close();
    nameserver.close();
    await rm(folder, { recursive: true });
  },
);
