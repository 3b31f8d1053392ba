import type { Law } from '../audio/g711.js';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';

/** The audio stream of an SDP offer or answer (RFC 4566), as far as a telephone needs it. */
export interface AudioDescription {
  readonly address: string;
  readonly port: number;
  readonly codecs: readonly Law[];
  /** Payload type of telephone-event (RFC 4733); undefined where it is not offered. */
  readonly eventPayloadType: number | undefined;
  readonly direction: Direction;
}

/** The payload types that RFC 3551 fixes. */
export const payloadTypes: Record<Law, number> = { PCMU: 0, PCMA: 8 };

export function formatSdp(audio: AudioDescription, version: number): string {
  const events = audio.eventPayloadType;
  const types = [...audio.codecs.map((codec) => payloadTypes[codec]), ...(events === undefined ? [] : [events])];
  return `${[
    'v=0',
    `o=- 1 ${version} IN IP4 ${audio.address}`,
    's=-',
    `c=IN IP4 ${audio.address}`,
    't=0 0',
    `m=audio ${audio.port} RTP/AVP ${types.join(' ')}`,
    ...audio.codecs.map((codec) => `a=rtpmap:${payloadTypes[codec]} ${codec}/8000`),
    ...(events === undefined ? [] : [`a=rtpmap:${events} telephone-event/8000`, `a=fmtp:${events} 0-15`]),
    'a=ptime:20',
    `a=${audio.direction}`,
  ].join('\r\n')}\r\n`;
}

/** The first audio stream; undefined where there is none. */
export function parseSdp(text: string): AudioDescription | undefined {
  const lines = text.split(/\r?\n/);
  const media = lines.map((line) => /^m=audio (\d+) \S+ (.*)$/.exec(line)).find((match) => match !== null);
  if (!media) return undefined;
  const types = (media[2] ?? '').split(' ').map(Number);
  const events = lines.map((line) => /^a=rtpmap:(\d+) telephone-event\/8000/i.exec(line)?.[1]).find(Boolean);
  return {
    address: lines.map((line) => /^c=IN IP4 (\S+)/.exec(line)?.[1]).find(Boolean) ?? '',
    port: Number(media[1]),
    codecs: types.flatMap((type) => (type === 0 ? ['PCMU' as const] : type === 8 ? ['PCMA' as const] : [])),
    eventPayloadType: events === undefined ? undefined : Number(events),
    direction:
      (['sendonly', 'recvonly', 'inactive'] as const).find((word) => lines.includes(`a=${word}`)) ?? 'sendrecv',
  };
}

/** The direction that answers another one (RFC 3264, 6.1), unless the answerer wants less. */
export function mirrored(direction: Direction): Direction {
  if (direction === 'sendonly') return 'recvonly';
  return direction === 'recvonly' ? 'sendonly' : direction;
}
