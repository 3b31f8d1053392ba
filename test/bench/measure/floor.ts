import type { Law } from '../../support/audio/g711.js';
import type { Generator, Stream } from '../load/generator.js';
import { quietDbfs, toneDbfs, tones } from '../load/voices.js';
import type { Cores } from '../machine.js';
import { Relay } from '../systems/relay.js';
import { type LoadedCall, measureWindow, type WindowResult } from './window.js';

export interface FloorResult extends WindowResult {
  readonly calls: number;
}

const mostProbes = 8;

/** The same plain calls through a program that only passes packets on. */
export async function measureFloor(
  rig: { generator: Generator; cores: Cores; command: readonly string[] },
  calls: number,
  codec: Law,
  seconds: number,
): Promise<FloorResult> {
  const relay = await Relay.start(rig.command, calls);
  const loaded: LoadedCall[] = [];
  for (const [index, [memberPort, customerPort]] of relay.ports.entries()) {
    const isProbe = index < Math.min(mostProbes, Math.ceil(calls / 2));
    const open = async (port: number, frequency: number): Promise<Stream> => {
      const stream = await rig.generator.openStream();
      stream.aim({ address: '127.0.0.1', port, codec, eventPayloadType: 101 });
      stream.say(frequency, isProbe ? quietDbfs : toneDbfs);
      return stream;
    };
    const member = await open(memberPort, tones.member);
    loaded.push({ member, customer: await open(customerPort, tones.customer), moderators: [], isProbe });
  }
  const result = await measureWindow({ ...rig, tree: relay.tree }, loaded, 'plain', seconds);
  for (const { member, customer } of loaded) for (const stream of [member, customer]) stream.close();
  await relay.stop();
  return { calls, ...result };
}
