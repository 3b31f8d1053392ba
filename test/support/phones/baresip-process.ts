import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { patienceMs, until } from '../waiting.js';
import { BaresipControl } from './baresip-control.js';
import type { PhoneAccount } from './phone.js';

export type BaresipCodec = 'PCMU' | 'PCMA' | 'G722' | 'opus';

/** Of `tone.wav`, in Hz; baresip resamples it to the codec. */
export const baresipSourceRate = 16_000;

const startTries = 3;

/** It begins anew some half a minute after it has given up. */
const secondTryMs = 120_000;

export interface BaresipOptions {
  /** A registration that fails is waited for until it is tried again. */
  readonly isPatient?: boolean;
  /** Certificates that it believes, in PEM form, over TLS. */
  readonly authorities?: string;
  /** Encrypts audio with keys in SDP, if the other side can or in any case, or with keys of a handshake, in any case. */
  readonly encryption?: 'srtp' | 'srtp-mand' | 'dtls_srtp';
}

const codecNames: Record<BaresipCodec, string> = {
  PCMU: 'pcmu',
  PCMA: 'pcma',
  G722: 'g722/16000',
  opus: 'opus/48000/2',
};

/**
 * Starts baresip with its whole configuration in the folder, beside the file `tone.wav` that it says; resolves when it is registered.
 *
 * @throws with what baresip said when it does not register
 */
export async function startBaresip(
  folder: string,
  account: PhoneAccount,
  codec: BaresipCodec,
  options: BaresipOptions = {},
): Promise<{ process: ChildProcess; control: BaresipControl }> {
  const { isPatient = false, authorities, encryption } = options;
  const believed = authorities === undefined ? null : await writtenTo(join(folder, 'authorities.pem'), authorities);
  await writeFile(join(folder, 'accounts'), accountLine(account, codec, encryption));
  await writeFile(join(folder, 'contacts'), '');
  for (let tries = 1; ; tries += 1) {
    const controlPort = await freePort();
    await writeFile(join(folder, 'config'), configuration(folder, controlPort, believed));
    const child = spawn('baresip', ['-f', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    try {
      await untilRegistered(child, isPatient);
      return { process: child, control: await BaresipControl.connect(controlPort) };
    } catch (error) {
      child.kill('SIGKILL');
      if (tries === startTries) throw error;
    }
  }
}

async function writtenTo(file: string, text: string): Promise<string> {
  await writeFile(file, text);
  return file;
}

function accountLine(
  { server, number, password }: PhoneAccount,
  codec: BaresipCodec,
  encryption: BaresipOptions['encryption'],
): string {
  const options = [
    ...(encryption ? [`mediaenc=${encryption}`] : []),
    'regint=300',
    'answermode=manual',
    `audio_codecs=${codecNames[codec]}`,
    'ptime=20',
  ];
  return `<sip:${number}@${server.address}:${server.port}${transportOf(server)}>;auth_pass="${password}";${options.join(';')}\n`;
}

/** The parameter of a URI. */
export const transportOf = ({ protocol = 'udp' }: PhoneAccount['server']): string =>
  protocol === 'udp' ? '' : `;transport=${protocol}`;

async function untilRegistered(child: ChildProcess, isPatient: boolean): Promise<void> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text) => {
      output += text;
    });
  }
  await until(
    () => `baresip to register; it said:\n${output}`,
    () => {
      const isLost = /failed to listen|codec not found/.test(output);
      const isRefused = /Register: |reg: .* 4\d\d/.test(output);
      if (child.exitCode !== null || isLost || (isRefused && !isPatient)) throw new Error(output);
      return output.includes('200 OK');
    },
    isPatient ? secondTryMs : patienceMs,
  );
}

function configuration(folder: string, controlPort: number, authoritiesFile: string | null): string {
  return `${[
    'poll_method epoll',
    'sip_listen 127.0.0.1:0',
    'net_interface 127.0.0.1',
    // It does not start with a file that has no certificate in it.
    ...(authoritiesFile === null ? [] : [`sip_cafile ${authoritiesFile}`]),
    `audio_source aufile,${join(folder, 'tone.wav')}`,
    'audio_player aubridge,nil',
    'audio_alert aubridge,nil',
    `ausrc_srate ${baresipSourceRate}`,
    'ausrc_channels 1',
    'ausrc_format s16',
    'auplay_format s16',
    'auenc_format s16',
    'audec_format s16',
    'audio_buffer 20-160',
    'call_max_calls 2',
    'module_path /usr/lib/baresip/modules',
    ...['g711', 'g722', 'opus', 'aufile', 'aubridge', 'sndfile', 'srtp', 'dtls_srtp'].map(
      (name) => `module ${name}.so`,
    ),
    'module_tmp account.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
    `ctrl_tcp_listen 127.0.0.1:${controlPort}`,
    `snd_path ${folder}`,
  ].join('\n')}\n`;
}

/** A TCP port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the port has no number');
  return address.port;
}
