import { expect, test } from 'vitest';
import { encodeG711 } from '../../support/audio/g711.js';
import { longestGap } from '../../support/audio/gaps.js';
import { sine } from '../../support/audio/tones.js';
import { PacketLog } from '../../support/rtp/packet-log.js';

const frequency = 450;
const frame = 160;
const count = 300;
/** In the midst of the packets. */
const isIn = (index: number) => index >= 100 && index < 150;

interface Fate {
  readonly isSent?: boolean;
  readonly isSilent?: boolean;
  readonly at?: number;
}

/** The packets of six seconds of a tone, of which each has its fate. Their timestamps run over. */
function received(fateOf: (index: number) => Fate): PacketLog {
  const log = new PacketLog(frame);
  const tone = encodeG711('PCMA', sine(frequency, -10, 20).samples);
  const silence = encodeG711('PCMA', new Int16Array(frame));
  for (let index = 0; index < count; index += 1) {
    const { isSent = true, isSilent = false, at = index * 20 } = fateOf(index);
    const header = Buffer.alloc(12);
    header[1] = 8;
    header.writeUInt16BE(index, 2);
    header.writeUInt32BE((2 ** 32 - 1000 + index * frame) % 2 ** 32, 4);
    if (isSent) log.add(Buffer.concat([header, isSilent ? silence : tone]), at);
  }
  return log;
}

test.each<[string, number, (index: number) => Fate]>([
  ['what comes in time', 0, () => ({})],
  ['what a busy machine holds up', 0, (index) => (isIn(index) ? { at: 3000 } : {})],
  ['what was never sent', 50, (index) => ({ isSent: !isIn(index) })],
  ['silence', 50, (index) => ({ isSilent: isIn(index) })],
  ['time that is lost for good', 50, (index) => ({ at: index * 20 + (index < 100 ? 0 : 1000) })],
])('of %s the longest gap is %d frames', (_, gap, fateOf) => {
  expect(longestGap({ audio: { received: received(fateOf) } }, frequency, 0)).toBe(gap);
});
