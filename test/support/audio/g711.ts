/** ITU-T G.711 companding of 16-bit linear samples. */
export type Law = 'PCMU' | 'PCMA';

interface Companding {
  readonly encode: Uint8Array;
  readonly decode: Int16Array;
}

const muLaw = companding(decodeMuLaw, encodeMuLaw);
const aLaw = companding(decodeALaw, encodeALaw);

/** The octet that stands for silence. */
export function silenceOctet(law: Law): number {
  return law === 'PCMU' ? 0xff : 0xd5;
}

export function encodeG711(law: Law, samples: Int16Array): Uint8Array {
  const { encode } = tablesOf(law);
  return Uint8Array.from(samples, (sample) => encode[sample & 0xffff] ?? 0);
}

export function decodeG711(law: Law, octets: Uint8Array): Int16Array {
  const { decode } = tablesOf(law);
  return Int16Array.from(octets, (octet) => decode[octet] ?? 0);
}

function tablesOf(law: Law): Companding {
  return law === 'PCMU' ? muLaw : aLaw;
}

function companding(decodeOne: (octet: number) => number, encodeOne: (sample: number) => number): Companding {
  return {
    decode: Int16Array.from({ length: 256 }, (_, octet) => decodeOne(octet)),
    encode: Uint8Array.from({ length: 65536 }, (_, bits) => encodeOne((bits << 16) >> 16)),
  };
}

function decodeMuLaw(octet: number): number {
  const bits = ~octet & 0xff;
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits >> 4) & 0x07)) - 0x84;
  return bits & 0x80 ? -magnitude : magnitude;
}

function encodeMuLaw(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), 32635) + 0x84;
  const exponent = Math.max(0, Math.floor(Math.log2(magnitude)) - 7);
  const mantissa = (magnitude >> (exponent + 3)) & 0x0f;
  return ~((sample < 0 ? 0x80 : 0) | (exponent << 4) | mantissa) & 0xff;
}

function decodeALaw(octet: number): number {
  const bits = octet ^ 0x55;
  const exponent = (bits >> 4) & 0x07;
  const step = ((bits & 0x0f) << 4) + 8;
  const magnitude = exponent === 0 ? step : (step + 0x100) << (exponent - 1);
  return bits & 0x80 ? magnitude : -magnitude;
}

function encodeALaw(sample: number): number {
  const magnitude = Math.min(sample < 0 ? -sample - 1 : sample, 32767);
  const exponent = Math.max(0, Math.floor(Math.log2(Math.max(magnitude, 1))) - 7);
  const mantissa = (magnitude >> (exponent === 0 ? 4 : exponent + 3)) & 0x0f;
  return ((sample < 0 ? 0 : 0x80) | (exponent << 4) | mantissa) ^ 0x55;
}
