// The delay between a telephone on an analog line and a SIP telephone, both ways, on networks of different jitter.
import { createConnection, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { AnalogOffice } from '../support/analog-office.js';
import { decodeG711, encodeG711 } from '../support/audio/g711.js';
import { frameSamples, silentVoice } from '../support/rtp/voice.js';
import type { SipCall } from '../support/sip/call.js';
import { until } from '../support/waiting.js';
import { summarise } from './statistics.js';

const frameMs = 20;
const samplesPerMs = 8;
/** The greatest delay of a packet on its way to the box, in ms; each packet has another one, and none overtakes. */
const jitters = [0, 10, 40];
const clicks = 60;
const clickEveryMs = 330;
const toneSeconds = 20;
const toneHertz = 400;
const amplitude = 8000;
const audible = 3000;
/** A stretch that is so much louder or softer than the tone is disturbed. */
const tolerance = 0.15;
const stretchSamples = 40;
/** What a buffer needs to know the network. */
const settlingMs = 12_000;

/** The telephone on the line. */
class Handset {
  readonly heard: { readonly at: number; readonly samples: Int16Array }[] = [];
  readonly #socket: Socket;
  #rest: Buffer = Buffer.alloc(0);

  constructor(path: string) {
    this.#socket = createConnection(path);
    this.#socket.on('data', (bytes) => this.#take(bytes));
  }

  click(): number {
    const frame = Buffer.alloc(2 * frameSamples);
    for (let index = 0; index < 8; index++) frame.writeInt16LE(2 * amplitude, 2 * index);
    this.#socket.write(frame);
    return performance.now();
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(bytes: Buffer): void {
    let rest = Buffer.concat([this.#rest, bytes]);
    for (; rest.length >= 2 * frameSamples; rest = rest.subarray(2 * frameSamples)) {
      const frame = rest;
      const samples = Int16Array.from({ length: frameSamples }, (_, index) => frame.readInt16LE(2 * index));
      this.heard.push({ at: performance.now(), samples });
    }
    this.#rest = rest;
  }
}

/** What the SIP telephone says, over a network with jitter. */
class Speaker {
  readonly #call: SipCall;
  readonly #jitterMs: number;
  #next: Int16Array | undefined;
  #isSpeaking = true;
  #sequence = 0;
  #tone = false;
  #lastAt = 0;
  onClick: (at: number) => void = () => {};

  constructor(call: SipCall, jitterMs: number) {
    this.#call = call;
    this.#jitterMs = jitterMs;
    void this.#run();
  }

  click(): void {
    this.#next = new Int16Array(frameSamples).fill(2 * amplitude, 0, 8);
  }

  tone(isOn: boolean): void {
    this.#tone = isOn;
  }

  stop(): void {
    this.#isSpeaking = false;
  }

  async #run(): Promise<void> {
    const began = performance.now();
    for (let frames = 1; this.#isSpeaking; frames++) {
      this.#send();
      await pause(Math.max(0, began + frames * frameMs - performance.now()));
    }
  }

  #send(): void {
    const target = this.#call.remoteAudio;
    if (!target) return;
    this.#sequence += 1;
    const packet = Buffer.alloc(12 + frameSamples);
    packet[0] = 0x80;
    packet[1] = 8;
    packet.writeUInt16BE(this.#sequence & 0xffff, 2);
    packet.writeUInt32BE(this.#sequence * frameSamples, 4);
    packet.writeUInt32BE(4711, 8);
    packet.set(encodeG711('PCMA', this.#samples()), 12);
    const now = performance.now();
    const at = Math.max(this.#lastAt, now + Math.random() * this.#jitterMs);
    this.#lastAt = at;
    if (this.#next) this.onClick(now);
    this.#next = undefined;
    const send = () => {
      if (this.#isSpeaking) void this.#call.audio.transmit(packet, target.port, target.address);
    };
    if (this.#jitterMs === 0) send();
    else setTimeout(send, at - now);
  }

  #samples(): Int16Array {
    if (this.#next) return this.#next;
    const samples = new Int16Array(frameSamples);
    if (!this.#tone) return samples;
    const start = this.#sequence * frameSamples;
    return samples.map((_, index) => amplitude * Math.sin((2 * Math.PI * toneHertz * (start + index)) / 8000));
  }
}

/** When the first click after this moment is heard, counted as if the frame's samples came one after the other. */
function heardAfter(
  frames: readonly { readonly at: number; readonly samples: Int16Array }[],
  moment: number,
): number | undefined {
  for (const { at, samples } of frames) {
    const place = samples.findIndex((sample) => Math.abs(sample) > audible);
    if (at > moment && place >= 0) return at + place / samplesPerMs - moment;
  }
  return undefined;
}

const receivedBy = (call: SipCall) =>
  call.audio.received
    .since(performance.now() - 1000)
    .filter(({ payloadType }) => payloadType === 8)
    .map(({ at, payload }) => ({ at, samples: decodeG711('PCMA', payload) }));

async function measureDelays(call: SipCall, handset: Handset, speaker: Speaker) {
  const [toPhone, toHandset]: [number[], number[]] = [[], []];
  for (let count = 0; count < clicks; count++) {
    handset.heard.length = 0;
    let said = 0;
    speaker.onClick = (at) => {
      said = at;
    };
    speaker.click();
    const clicked = handset.click();
    await pause(clickEveryMs + Math.random() * frameMs);
    toPhone.push(heardAfter(receivedBy(call), clicked) ?? Number.NaN);
    toHandset.push(heardAfter(handset.heard, said) ?? Number.NaN);
  }
  return { toPhone, toHandset };
}

/** How many stretches of 5 ms of a steady tone are not as they should be. */
async function measureDisturbances(handset: Handset, speaker: Speaker): Promise<number> {
  speaker.tone(true);
  await pause(1000);
  handset.heard.length = 0;
  await pause(toneSeconds * 1000);
  const samples = handset.heard.flatMap((frame) => [...frame.samples]);
  speaker.tone(false);
  let disturbed = 0;
  for (let start = 0; start + stretchSamples <= samples.length; start += stretchSamples) {
    const energy = samples.slice(start, start + stretchSamples).reduce((sum, sample) => sum + sample * sample, 0);
    const level = Math.sqrt((2 * energy) / stretchSamples) / amplitude;
    if (Math.abs(level - 1) > tolerance) disturbed += 1;
  }
  return disturbed;
}

const shown = (values: readonly number[]): string => {
  const heard = values.filter((value) => !Number.isNaN(value));
  const summary = summarise(heard);
  return `p50 ${summary?.p50.toFixed(1)} ms, p95 ${summary?.p95.toFixed(1)} ms, ${values.length - heard.length} not heard`;
};

async function main(): Promise<void> {
  const office = await AnalogOffice.open('reported', ['101']);
  const handset = new Handset(office.telephone.hat.paths.person);
  const clear = async () => {
    handset.close();
    await office.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void clear().then(() => process.exit(1)));
  try {
    await office.telephone.hat.tell({ do: 'speak', frequencies: [] });
    const call = await office.phone('101').agent.call('121');
    await until('the bell', () => office.telephone.hat.last('bell')?.isRinging);
    await office.telephone.hat.tell({ do: 'lift' });
    await until('the answer', () => call.state === 'talking');
    call.audio.say(silentVoice);
    const target = call.remoteAudio;
    if (!target) throw new Error('there is no audio');
    call.audio.aim({ ...target, law: 'PCMA', eventPayloadType: undefined, isOpen: false });
    for (const jitter of jitters) {
      const speaker = new Speaker(call, jitter);
      await pause(settlingMs);
      const { toPhone, toHandset } = await measureDelays(call, handset, speaker);
      const disturbed = await measureDisturbances(handset, speaker);
      speaker.stop();
      console.log(`jitter ${jitter} ms: handset to phone ${shown(toPhone)}`);
      console.log(`jitter ${jitter} ms: phone to handset ${shown(toHandset)}`);
      console.log(`jitter ${jitter} ms: ${disturbed} stretches of 5 ms in ${toneSeconds} s of tone are disturbed`);
    }
  } finally {
    await clear();
  }
}

await main();
