import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Appliance } from '../support/appliance.js';
import { OfficePhone, officeSettings } from '../support/office.js';
import { until } from '../support/waiting.js';
import { describeMachine } from './machine.js';
import { median } from './statistics.js';

// How long an emergency call takes to be answered while two trunks fill the legs of the box: callers at the service number, who key nothing.
const trunks = [
  { id: 'one', callsFrom: '127.0.0.5', service: '*55', firstMediaPort: '50000' },
  { id: 'two', callsFrom: '127.0.0.6', service: '*56', firstMediaPort: '54000' },
] as const;
const provider = { address: '127.0.0.7', port: 5070 } as const;
const serviceOutside = '4711';
const callsPerSecond = '20';
const callsPerTrunk = '600';
const tries = 12;
const betweenMs = 3000;
const goalMs = 2000;

const peers: ChildProcess[] = [];
process.on('exit', () => {
  for (const peer of peers) peer.kill('SIGKILL');
});

/** A peer in a process of its own, without any sound. */
function sipp(scenario: 'caller' | 'answerer', address: string, ...options: readonly string[]): void {
  const file = resolve(`test/bench/sipp/${scenario}.xml`);
  const common = ['-sf', file, '-i', address, '-mi', address, '-t', 'u1', '-nostdin'];
  peers.push(spawn('sipp', [...common, ...options], { cwd: tmpdir(), stdio: 'ignore' }));
}

async function settings(): Promise<object> {
  const office = (await officeSettings()) as { readonly profiles: readonly object[] };
  return {
    ...office,
    trunks: trunks.map(({ id, callsFrom }) => ({
      ...{ id, name: id, kind: 'address', host: provider.address, port: provider.port },
      ...{ addresses: [callsFrom], prefix: '0', inbound: { extension: '104' } },
    })),
    profiles: trunks.flatMap(({ id, service }) =>
      office.profiles.map((profile) => ({ ...profile, id, service, external: { trunk: id, number: serviceOutside } })),
    ),
  };
}

/** Dials, and how long it took until somebody answered, in milliseconds. */
async function dial(phone: OfficePhone, number: string): Promise<number> {
  const begun = performance.now();
  const call = await phone.agent.call(number);
  await until('an answer', () => {
    if (call.end) throw new Error(`${number} was refused with ${call.end.status}`);
    return call.state === 'talking';
  });
  const ms = performance.now() - begun;
  call.hangUp();
  return ms;
}

const appliance = await Appliance.start(await settings(), { program: resolve('dist/cli/modcall.js') });
try {
  sipp('answerer', provider.address, '-p', String(provider.port), '-mp', '30000');
  const phone = await OfficePhone.register(appliance, '101');
  const idle = await dial(phone, '112');
  const { address, port } = appliance.address();
  for (const { callsFrom, firstMediaPort } of trunks)
    sipp(
      ...(['caller', callsFrom, `${address}:${port}`, '-s', serviceOutside, '-p', '5066'] as const),
      ...['-mp', firstMediaPort, '-r', callsPerSecond, '-l', callsPerTrunk, '-m', callsPerTrunk],
    );
  const taken: number[] = [];
  for (let attempt = 0; attempt < tries; attempt += 1) {
    await pause(betweenMs);
    taken.push(await dial(phone, '112'));
  }
  phone.close();
  console.log(describeMachine());
  console.log(`112 answered after ${idle.toFixed(0)} ms on an idle box`);
  console.log(`while it fills, every ${betweenMs / 1000} s: ${taken.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  const worst = Math.max(...taken);
  console.log(`median ${median(taken).toFixed(0)} ms, at most ${goalMs} ms: ${worst <= goalMs ? 'met' : 'missed'}`);
} finally {
  await appliance.remove();
}
process.exit(0);
