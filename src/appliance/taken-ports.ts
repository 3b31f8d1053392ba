import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { simulator } from '../board/which-board.js';
import type { StartOptions } from '../cli/start-options.js';
import { ListenError } from '../engine/listen-error.js';
import { AdminError } from '../store/admin-error.js';
import { placed } from '../store/files/file-faults.js';
import type { Settings } from '../store/settings/settings-schema.js';
import { cannotListen, sipPorts } from './cannot-listen.js';
import { portFaults } from './faces/port-faults.js';
import { panelPortTaken } from './hardware.js';

/** What the ports of a start depend on. */
type PortOptions = Pick<StartOptions, 'board' | 'frontPanel' | 'sipPort' | 'webPort'>;

/**
 * Why a start has failed; where that is a port which another program has, with all others that it has: whoever mends one at a time starts in vain again
 * and again. Nothing of the box may be open any more.
 */
export async function withAllTaken(error: unknown, options: PortOptions, settings: Settings): Promise<unknown> {
  if (!(error instanceof AdminError) || !isOfPort(error)) return error;
  const taken = [
    ...(await takenByPanel(options)),
    ...(await takenForCalls(options, settings)),
    ...(await takenForPage(options, settings)),
  ];
  const further = taken.filter(({ problem }) => !isDeepStrictEqual(problem, error.problem));
  return new AdminError(error.problem, { kind: error.kind, faults: error.faults, further, cause: error });
}

const isOfPort = ({ problem }: AdminError): boolean =>
  problem.code === 'start.panelPort' || problem.code === 'start.sip.inUse' || problem.code === 'start.sip.notAllowed';

async function takenByPanel({ board, frontPanel }: PortOptions): Promise<readonly AdminError[]> {
  if (board !== simulator || frontPanel === null) return [];
  const { address, port } = frontPanel;
  return (await faultAt('tcp', address, port)) === 'inUse' ? [panelPortTaken(frontPanel)] : [];
}

/** Each port once, whichever of its protocols another program speaks there. */
async function takenForCalls({ sipPort }: PortOptions, settings: Settings): Promise<readonly AdminError[]> {
  const { address, transports } = settings.sip;
  const ports = sipPorts(settings, sipPort);
  const taken = new Map<number, AdminError>();
  for (const transport of transports) {
    const port = transport === 'tls' ? ports.tlsPort : ports.port;
    const why = await faultAt(transport === 'udp' ? 'udp' : 'tcp', address, port);
    if (why) taken.set(port, cannotListen(settings, ports, new ListenError(why, port, why, undefined)));
  }
  return [...taken.values()];
}

async function takenForPage({ webPort }: PortOptions, settings: Settings): Promise<readonly AdminError[]> {
  if (settings.web === null) return [];
  const { address, port, plainPort, encrypted } = settings.web;
  const web = { ...settings.web, port: webPort ?? port };
  const faults = await portFaults(address, { port: web.port, plainPort: encrypted ? plainPort : null }, new Set());
  if (faults.length === 0) return [];
  return [new AdminError({ code: 'start.pagePort' }, { faults: placed(faults, { ...settings, web }) })];
}

/** What keeps this process from a port; null where nothing does that could be helped by another one. */
async function faultAt(protocol: 'udp' | 'tcp', address: string, port: number): Promise<'inUse' | 'notAllowed' | null> {
  try {
    await (protocol === 'udp' ? triedUdp(address, port) : triedTcp(address, port));
    return null;
  } catch (error) {
    return faults.get(Object(error).code) ?? null;
  }
}

const faults: ReadonlyMap<unknown, 'inUse' | 'notAllowed'> = new Map([
  ['EADDRINUSE', 'inUse'],
  ['EACCES', 'notAllowed'],
]);

async function triedUdp(address: string, port: number): Promise<void> {
  const socket = createSocket('udp4');
  socket.bind({ address, port, exclusive: true });
  await once(socket, 'listening');
  socket.close();
  await once(socket, 'close');
}

async function triedTcp(host: string, port: number): Promise<void> {
  const server = createServer().listen({ host, port, exclusive: true });
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}
