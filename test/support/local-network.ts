import { execFile } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);
const ends = ['modcall-lan', 'modcall-peer'] as const;

/** A network besides the loopback, which WebRTC does not use: the one that there is, or one made for as long as it is needed. */
export class LocalNetwork {
  static async open(): Promise<LocalNetwork> {
    const isThere = Object.values(networkInterfaces()).some((each) =>
      each?.some(({ family, internal }) => family === 'IPv4' && !internal),
    );
    if (!isThere) await make();
    return new LocalNetwork(isThere);
  }

  private constructor(private readonly wasThere: boolean) {}

  async close(): Promise<void> {
    if (!this.wasThere) await run('ip', ['link', 'del', ends[0]]);
  }
}

async function make(): Promise<void> {
  const [own, peer] = ends;
  await run('ip', ['link', 'add', own, 'type', 'veth', 'peer', 'name', peer]);
  await run('ip', ['addr', 'add', '192.168.77.1/24', 'dev', own]);
  for (const end of ends) await run('ip', ['link', 'set', end, 'up']);
  await run('ip', ['route', 'add', 'default', 'dev', own]);
}
