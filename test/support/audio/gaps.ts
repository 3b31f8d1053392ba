import type { PacketLog, PacketRecord } from '../rtp/packet-log.js';
import { decodeG711 } from './g711.js';
import { toneLevel } from './tones.js';

const audibleDbfs = -30;
const sampleRate = 8000;
const frameMs = 20;
const frameSamples = (sampleRate * frameMs) / 1000;

/** A party of a call, and what has come in there. */
interface Listener {
  readonly audio: { readonly received: Pick<PacketLog, 'since'> };
}

/**
 * The longest run of 20 ms frames since the moment (by `performance.now`) in which the party did not hear the tone (Hz). Each packet has
 * its place by its timestamp: what a busy machine holds up is heard all the same, and what was never sent leaves a gap. Time that a
 * stream has lost for good, without a gap in its timestamps, counts as one.
 */
export function longestGap({ audio }: Listener, frequency: number, since: number): number {
  const packets = audio.received.since(since).filter(({ payloadType }) => payloadType === 0 || payloadType === 8);
  const [first] = packets;
  const last = packets.at(-1);
  if (!first || !last) return Math.floor((performance.now() - since) / frameMs);
  const place = ({ timestamp }: PacketRecord) => Math.round(((timestamp - first.timestamp) | 0) / frameSamples);
  const heard = packets.filter((packet) => hasTone(packet, frequency)).map(place);
  const edges = [-1, ...heard, place(last) + 1].sort((a, b) => a - b);
  const gaps = edges.slice(1).map((edge, index) => edge - (edges[index] ?? edge) - 1);
  const lost = Math.round((last.at - first.at) / frameMs) - place(last);
  return gaps.reduce((longest, gap) => Math.max(longest, gap), lost);
}

function hasTone({ payloadType, payload }: PacketRecord, frequency: number): boolean {
  const samples = decodeG711(payloadType === 0 ? 'PCMU' : 'PCMA', payload);
  return toneLevel({ sampleRate, samples }, frequency) > audibleDbfs;
}
