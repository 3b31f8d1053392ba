import { randomInt } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { decodeG711, type Law } from '../audio/g711.js';
import type { Recording } from '../audio/recording.js';
import { payloadTypes } from '../sip/sdp.js';
import { patienceMs, until } from '../waiting.js';
import { digitOf, KeyQueue } from './digits.js';
import { pacer } from './pacer.js';
import { PacketLog, type PacketRecord } from './packet-log.js';
import { frameSamples, silentVoice, type Voice } from './voice.js';

/** Where audio goes, and how. */
export interface RtpTarget {
  readonly address: string;
  readonly port: number;
  readonly law: Law;
  /** Says that the voice is of this payload type, whatever it is; default: that of the law. */
  readonly payloadType?: number | undefined;
  /** Payload type of telephone-event; undefined where the other side takes none. */
  readonly eventPayloadType: number | undefined;
  /** False while no audio may be sent: one side holds the call. */
  readonly isOpen: boolean;
}

const headerBytes = 12;
const buffersInFlight = 8;
const sampleRate = 8000;
const frameMs = 20;

/** Sends one party's voice and keeps each packet that comes back (RFC 3550, without RTCP). */
export class RtpSession {
  readonly address: string;
  readonly port: number;
  readonly received: PacketLog;
  readonly sent: PacketLog;
  /** The digits of RFC 4733 that came in. */
  digitsReceived = '';
  readonly #socket: Socket;
  readonly #ssrc = randomInt(2 ** 32);
  readonly #buffers = Array.from({ length: buffersInFlight }, () => Buffer.alloc(headerBytes + frameSamples));
  readonly #keys = new KeyQueue();
  #target: RtpTarget | undefined;
  #voice: Voice = silentVoice;
  #frame = 0;
  #sequence = randomInt(2 ** 16);
  #timestamp = randomInt(2 ** 32);
  #eventTimestamp = 0;
  #isSpurtStart = true;
  #isClosed = false;
  #lossRatio = 0;
  #lossDebt = 0;
  #lastEventReceived: number | undefined;

  /** Binds an even port, as RFC 3550, 11 wants it. Of each packet, so many octets of the payload are kept in the logs. */
  static async open(address: string, keptPayload = 320): Promise<RtpSession> {
    for (;;) {
      const socket = createSocket({ type: 'udp4', lookup: withoutLookup });
      const listening = once(socket, 'listening');
      socket.bind(0, address);
      await listening;
      if (socket.address().port % 2 === 0) return new RtpSession(socket, keptPayload);
      socket.close();
    }
  }

  private constructor(socket: Socket, keptPayload: number) {
    this.received = new PacketLog(keptPayload);
    this.sent = new PacketLog(keptPayload);
    this.#socket = socket;
    this.address = socket.address().address;
    this.port = socket.address().port;
    socket.on('message', (packet) => this.#receive(packet));
    socket.on('error', () => {}); // the far end is gone, and so is the packet
  }

  /** Sends to the target from now on. */
  aim(target: RtpTarget): void {
    const isFirst = this.#target === undefined;
    this.#target = target;
    if (isFirst) pacer.add(this);
  }

  /** Says something else from the next frame on. */
  say(voice: Voice): void {
    this.#voice = voice;
    this.#frame = 0;
  }

  /** Lets this share of the packets (0 to 1) get lost on the way out, evenly spread. */
  lose(ratio: number): void {
    this.#lossRatio = ratio;
  }

  /** Sends this packet, whatever it is, from the session's own port. */
  transmit(packet: Uint8Array, port: number, address: string): Promise<void> {
    return new Promise((resolve) => this.#socket.send(packet, port, address, () => resolve()));
  }

  /** Presses keys one after the other; resolves when all packets are sent, and rejects if the call ends before. */
  async pressKeys(digits: string, durationMs: number): Promise<void> {
    let isSent = false;
    void this.#keys.press(digits, durationMs).then(() => {
      isSent = true;
    });
    const probe = () => {
      if (this.#isClosed && !isSent) throw new Error('the call ended before all keys were sent');
      return isSent;
    };
    await until('all keys to be sent', probe, patienceMs + 2 * digits.length * durationMs);
  }

  /** The newest audio that came in, in the order of its arrival; what did not come within the time is silence at the end. */
  heard(lastMs: number): Recording {
    return { sampleRate, samples: this.#join(this.received.since(performance.now() - lastMs), lastMs) };
  }

  /** Legal when closed. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    pacer.remove(this);
    this.#target = undefined;
    this.#socket.close();
  }

  /** For the pacer. */
  tick(): void {
    const target = this.#target;
    const key = this.#keys.next();
    this.#timestamp = (this.#timestamp + frameSamples) >>> 0;
    if (!target?.isOpen) return;
    if (key && target.eventPayloadType !== undefined) {
      if (key.isFirst) this.#eventTimestamp = this.#timestamp;
      this.#send(target, target.eventPayloadType, key.isFirst, this.#eventTimestamp, key.payload);
    } else {
      this.#sendVoice(target);
    }
  }

  #sendVoice(target: RtpTarget): void {
    const payload = this.#voice.frame(target.law, this.#frame);
    this.#frame += 1;
    const payloadType = target.payloadType ?? payloadTypes[target.law];
    if (payload) this.#send(target, payloadType, this.#isSpurtStart, this.#timestamp, payload);
    this.#isSpurtStart = payload === undefined;
  }

  #send(target: RtpTarget, payloadType: number, marker: boolean, timestamp: number, payload: Uint8Array): void {
    this.#sequence = (this.#sequence + 1) & 0xffff;
    const buffer = this.#buffers[this.#sequence % buffersInFlight] ?? Buffer.alloc(headerBytes + frameSamples);
    buffer[0] = 0x80;
    buffer[1] = (marker ? 0x80 : 0) | payloadType;
    buffer.writeUInt16BE(this.#sequence, 2);
    buffer.writeUInt32BE(timestamp, 4);
    buffer.writeUInt32BE(this.#ssrc, 8);
    buffer.set(payload, headerBytes);
    const packet = buffer.subarray(0, headerBytes + payload.length);
    this.sent.add(packet, performance.now());
    if (!this.#isLost()) this.#socket.send(packet, target.port, target.address);
  }

  #isLost(): boolean {
    this.#lossDebt += this.#lossRatio;
    if (this.#lossDebt < 1) return false;
    this.#lossDebt -= 1;
    return true;
  }

  #receive(packet: Buffer): void {
    const payloadType = (packet[1] ?? 0) & 0x7f;
    if (packet.length < headerBytes || isRtcp(payloadType)) return;
    this.received.add(packet, performance.now());
    if (payloadType === this.#target?.eventPayloadType) this.#receiveEvent(packet);
  }

  #receiveEvent(packet: Buffer): void {
    const timestamp = packet.readUInt32BE(4);
    if (timestamp === this.#lastEventReceived) return;
    this.#lastEventReceived = timestamp;
    this.digitsReceived += digitOf(packet.subarray(headerBytes));
  }

  #join(packets: readonly PacketRecord[], lastMs: number): Int16Array {
    const samples = new Int16Array(Math.round((lastMs * sampleRate) / 1000));
    const voice = packets.filter(({ payloadType }) => payloadType === 0 || payloadType === 8);
    const fitting = voice.slice(-Math.floor(lastMs / frameMs));
    let position = 0;
    for (const { payloadType, payload } of fitting) {
      const decoded = decodeG711(payloadType === 0 ? 'PCMU' : 'PCMA', payload).subarray(0, samples.length - position);
      samples.set(decoded, position);
      position += decoded.length;
    }
    return samples;
  }
}

/** RTCP that strayed here: its packet types 200 to 204 look like RTP payload types 72 to 76 (RFC 5761, 4). */
function isRtcp(payloadType: number): boolean {
  return payloadType >= 72 && payloadType <= 76;
}

/** Addresses in SDP are numbers; the resolver of Node would cost each packet a turn of the event loop. */
function withoutLookup(
  address: string,
  _options: unknown,
  done: (error: null, address: string, family: number) => void,
): void {
  done(null, address, 4);
}
