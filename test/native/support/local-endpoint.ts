import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Call,
  type Connection,
  Endpoint,
  type EndpointOptions,
  type IncomingCall,
  type Player,
  type Source,
  type Transport,
} from '../../../src/node-pjsua2/src/index.js';
import type { Recording } from '../../support/audio/recording.js';
import { readWav } from '../../support/audio/wav.js';
import { until } from '../../support/waiting.js';

/** The endpoint of the test's own process, with a folder for recordings. */
export class LocalEndpoint {
  readonly incoming: { readonly call: Call; readonly info: IncomingCall }[] = [];
  #recordings = 0;

  static async start(options: Partial<EndpointOptions> = {}): Promise<LocalEndpoint> {
    const endpoint = await Endpoint.create({ userAgent: 'local', rtpPorts: { from: 20_000, to: 28_000 }, ...options });
    const udp = await endpoint.addTransport({ protocol: 'udp', address: '127.0.0.1', port: 0 });
    endpoint.setPeers([{ name: 'test', addresses: ['127.0.0.1'] }]);
    return new LocalEndpoint(endpoint, udp, await mkdtemp(join(tmpdir(), 'native-')));
  }

  private constructor(
    readonly endpoint: Endpoint,
    readonly udp: Transport,
    readonly folder: string,
  ) {
    endpoint.on('incomingCall', (call, info) => this.incoming.push({ call, info }));
  }

  get uri(): string {
    return `sip:100@127.0.0.1:${this.udp.port}`;
  }

  /** The newest incoming call. */
  caller(): Promise<{ readonly call: Call; readonly info: IncomingCall }> {
    return until('an incoming call', () => this.incoming.at(-1));
  }

  /** A call that is answered and has audio. */
  async answeredCall(to: string, options: Partial<Parameters<Endpoint['call']>[0]> = {}): Promise<Call> {
    const call = this.endpoint.call({ to, ...options });
    await new Promise<void>((resolve, reject) => {
      call.once('answered', resolve);
      call.once('ended', ({ status, reason }) => reject(new Error(`the call ended: ${status} ${reason}`)));
    });
    return call;
  }

  tone(...frequencies: number[]): Player {
    return this.endpoint.createPlayer({ segments: [{ frequencies, ms: 1000, levelDbfs: -12 }], loop: true });
  }

  say(frequency: number, call: Call): Promise<Connection> {
    return this.endpoint.connect(this.tone(frequency), call);
  }

  /** What is heard from now on, for so many milliseconds. */
  async hear(source: Source, ms: number): Promise<Recording> {
    this.#recordings += 1;
    const file = join(this.folder, `${this.#recordings}.wav`);
    const recorder = this.endpoint.createRecorder(file);
    await this.endpoint.connect(source, recorder);
    const before = await recordedMs(file);
    await until(`${ms} ms of recording`, async () => (await recordedMs(file)) >= before + ms + settlingMs);
    await recorder.close();
    const recording = await readWav(file);
    const samples = (ms * recording.sampleRate) / 1000;
    return { ...recording, samples: recording.samples.slice(-samples) };
  }

  async close(): Promise<void> {
    await this.endpoint.close();
    await rm(this.folder, { recursive: true });
  }
}

/** Until the jitter buffer has filled. */
const settlingMs = 200;

async function recordedMs(file: string): Promise<number> {
  const samplesPerMs = 8;
  return ((await stat(file)).size - 44) / 2 / samplesPerMs;
}
