import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import type { Fault } from '../../store/settings/settings-faults.js';

/** As the settings of `web` name them; null for one that is not wanted. */
interface WantedPorts {
  readonly port: number | null;
  readonly plainPort: number | null;
}

/** Tries whether these ports can be had, both at the same time. @param own Ports that the box itself has. */
export async function portFaults(
  address: string,
  wanted: WantedPorts,
  own: ReadonlySet<number | null>,
): Promise<readonly Fault[]> {
  const tried: Server[] = [];
  const faults: Fault[] = [];
  for (const key of ['port', 'plainPort'] as const) {
    const port = wanted[key];
    if (port === null || own.has(port)) continue;
    const server = createServer();
    tried.push(server);
    const fault = await faultAt(server, address, port, key);
    if (fault) faults.push(fault);
    if (fault?.code === 'settings.fault.foreignAddress') break;
  }
  for (const server of tried) server.close();
  return faults;
}

async function faultAt(server: Server, host: string, port: number, key: keyof WantedPorts): Promise<Fault | null> {
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
    return null;
  } catch (error) {
    return faultOf(error, key);
  }
}

function faultOf(error: unknown, key: keyof WantedPorts): Fault {
  switch (Object(error).code) {
    case 'EADDRINUSE':
      return { path: ['web', key], code: 'settings.fault.portTaken' };
    case 'EACCES':
      return { path: ['web', key], code: 'settings.fault.portForbidden' };
    case 'EADDRNOTAVAIL':
      return { path: ['web', 'address'], code: 'settings.fault.foreignAddress' };
    default:
      throw error;
  }
}
