import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { SipAddress } from './sip/transport.js';
import { untilEnded } from './waiting.js';

/** Scenarios in the folder `sipp`. */
export type SippScenario =
  | 'unknown-method'
  | 'stray-bye'
  | 'foreign-uri'
  | 'stranger-calls'
  | 'watches'
  | 'reliable-call'
  | 'reliable-provider';

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
  await play(scenario, times, to.address, [
    `${to.address}:${to.port}`,
    ...['-r', '100', '-t', to.protocol === 'udp' ? 'u1' : 't1'],
    ...(user ? ['-au', user.username, '-ap', user.password] : []),
  ]);
}

/** Plays a scenario once for whoever calls at this address, by UDP. @throws as above. */
export const sippAt = (
  scenario: SippScenario,
  { address, port }: Pick<SipAddress, 'address' | 'port'>,
): Promise<void> => play(scenario, 1, address, ['-p', String(port)]);

async function play(scenario: SippScenario, times: number, address: string, words: readonly string[]): Promise<void> {
  const file = fileURLToPath(new URL(`sipp/${scenario}.xml`, import.meta.url));
  const ending = ['-timeout', `${patienceSeconds}s`, '-timeout_error', '-nostdin'];
  const child = spawn('sipp', [...words, '-sf', file, '-m', String(times), '-i', address, ...ending], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text;
    });
  }
  await untilEnded(child, `SIPp with "${scenario}"`);
  if (child.exitCode !== 0) throw new Error(`SIPp ended "${scenario}" with ${child.exitCode}:\n${said.slice(-2000)}`);
}
