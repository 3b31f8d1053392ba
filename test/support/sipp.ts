import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { SipAddress } from './sip/transport.js';
import { untilEnded } from './waiting.js';

/** Scenarios in the folder `sipp`. */
export type SippScenario = 'unknown-method' | 'stray-bye' | 'foreign-uri' | 'stranger-calls' | 'watches';

const patienceSeconds = 30;

/** Whom a scenario proves to be that answers challenges. */
interface SippUser {
  readonly username: string;
  readonly password: string;
}

/**
 * Plays a scenario of SIPp so many times.
 *
 * @throws with the end of what SIPp said when one of them did not go as the scenario says
 */
export async function sipp(scenario: SippScenario, to: SipAddress, times: number, user?: SippUser): Promise<void> {
  const file = fileURLToPath(new URL(`sipp/${scenario}.xml`, import.meta.url));
  const child = spawn(
    'sipp',
    [
      `${to.address}:${to.port}`,
      ...['-sf', file, '-m', String(times), '-r', '100', '-i', to.address, '-t', to.protocol === 'udp' ? 'u1' : 't1'],
      ...(user ? ['-au', user.username, '-ap', user.password] : []),
      ...['-timeout', `${patienceSeconds}s`, '-timeout_error', '-nostdin'],
    ],
    { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text;
    });
  }
  await untilEnded(child, `SIPp with "${scenario}"`);
  if (child.exitCode !== 0) throw new Error(`SIPp ended "${scenario}" with ${child.exitCode}:\n${said.slice(-2000)}`);
}
