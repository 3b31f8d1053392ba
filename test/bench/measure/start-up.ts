import { createSocket } from 'node:dgram';
import { setTimeout as pause } from 'node:timers/promises';
import { Dialog } from '../../support/sip/dialog.js';
import { formatSip } from '../../support/sip/message.js';
import type { Generator } from '../load/generator.js';
import { Office } from '../load/office.js';
import type { Memory, ProcessTree } from '../process-tree.js';
import { numberOf } from '../roles.js';
import type { System } from '../systems/system.js';

export interface StartUp {
  /** From the making of the process to the first 200 for a REGISTER, in milliseconds. */
  readonly registeredAfterMs: number;
  readonly memory: Memory;
}

const knockEveryMs = 10;
const patienceMs = 60_000;
/** Memory is looked at when it has come to rest: what the start left over is collected some seconds later, and not in the first window. */
const restMs = 10_000;

/** A system that runs. */
export interface Started {
  readonly startUp: StartUp;
  readonly office: Office;
  readonly tree: ProcessTree;
}

/** Starts a system that does not run, and leaves it running. */
export async function measureStartUp(system: System, generator: Generator): Promise<Started> {
  const tree = await system.launch();
  await answering(system);
  const office = await Office.open(system, generator);
  await office.registerFirst();
  const registeredAfterMs = tree.ageMs();
  await pause(restMs);
  return { startUp: { registeredAfterMs, memory: tree.memory() }, office, tree };
}

/** Sends one and the same REGISTER without credentials again and again: whatever is answered, somebody is at home. */
async function answering({ name, server }: System): Promise<void> {
  const socket = createSocket('udp4');
  const answer = new Promise<'answered'>((resolve) => socket.once('message', () => resolve('answered')));
  socket.on('error', () => {}); // nobody at home yet
  socket.bind(0, server.address);
  await new Promise<void>((resolve) => socket.once('listening', resolve));
  const uri = `sip:${server.address}:${server.port}`;
  const identity = `<sip:${numberOf('member', 0)}@${server.address}:${server.port}>`;
  const { port } = socket.address();
  const request = Dialog.outgoing(identity, uri).request(
    'REGISTER',
    `<sip:${numberOf('member', 0)}@${server.address}:${port}>`,
  );
  request.headers
    .set('To', identity)
    .prepend('Via', `SIP/2.0/UDP ${server.address}:${port};branch=z9hG4bKknock${port};rport`);
  const text = formatSip(request);
  const deadline = performance.now() + patienceMs;
  for (let state = 'waiting'; state === 'waiting'; ) {
    if (performance.now() > deadline)
      throw new Error(`${name} did not answer a REGISTER within ${patienceMs / 1000} s`);
    socket.send(text, server.port, server.address);
    state = await Promise.race([answer, pause(knockEveryMs, 'waiting')]);
  }
  socket.close();
}
