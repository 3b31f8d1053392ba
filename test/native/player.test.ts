import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InvalidStateError, type Player, readWav, type Segment } from '../../src/node-pjsua2/src/index.js';
import type { Recording } from '../support/audio/recording.js';
import { noise, residualLevel, toneLevel } from '../support/audio/tones.js';
import * as wav from '../support/audio/wav.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';

const sampleRate = 8000;

describe('a player', () => {
  let local: LocalEndpoint;
  let files = 0;

  beforeAll(async () => {
    local = await LocalEndpoint.start();
  });
  afterAll(() => local.close());

  const finished = (player: Player) => new Promise<void>((resolve) => player.once('finished', resolve));

  /** All that a player plays to its end, as a recorder gets it; without the silence around it. */
  const played = async (segments: readonly Segment[]): Promise<Recording> => {
    files += 1;
    const file = join(local.folder, `played-${files}.wav`);
    const recorder = local.endpoint.createRecorder(file);
    const player = local.endpoint.createPlayer({ segments });
    const end = finished(player);
    const connection = await local.endpoint.connect(player, recorder);
    await end;
    await connection.close();
    await recorder.close();
    player.close();
    const { samples } = await wav.readWav(file);
    const first = samples.findIndex((sample) => sample !== 0);
    const last = samples.findLastIndex((sample) => sample !== 0);
    return { sampleRate, samples: samples.slice(first, last + 1) };
  };

  it('plays samples exactly', async () => {
    const { samples } = noise(1, -6, 335);
    expect((await played([{ samples }])).samples).toEqual(trimmed(samples));
  });

  it('plays its segments one after the other', async () => {
    const [first, second] = [noise(2, -6, 33).samples, noise(3, -6, 51).samples];
    const expected = new Int16Array(first.length + 80 + second.length);
    expected.set(first);
    expected.set(second, first.length + 80);
    expect((await played([{ samples: first }, { silenceMs: 10 }, { samples: second }])).samples).toEqual(
      trimmed(expected),
    );
  });

  it('plays tones at their level, alone and summed', async () => {
    const one = await played([{ frequencies: [450], ms: 500, levelDbfs: -12 }]);
    expect(toneLevel(middle(one), 450)).toBeCloseTo(-12, 1);
    expect(residualLevel(middle(one), [450])).toBeLessThan(-70);
    const two = await played([{ frequencies: [450, 600], ms: 500, levelDbfs: -12 }]);
    const halfPower = 10 * Math.log10(2);
    for (const frequency of [450, 600]) expect(toneLevel(middle(two), frequency)).toBeCloseTo(-12 - halfPower, 1);
  });

  it('fades a tone in and out over 2 ms', async () => {
    const { samples } = await played([{ frequencies: [1000], ms: 100, levelDbfs: 0 }]);
    const step = Math.max(...samples.subarray(1, 4).map((sample, index) => Math.abs(sample - (samples[index] ?? 0))));
    const steady = 2 * Math.PI * (1000 / sampleRate) * 32_767;
    expect(step).toBeLessThan(steady / 2);
    expect(Math.abs(samples.at(-1) ?? 0)).toBeLessThan(32_767 / 8);
  });

  it('repeats a single tone without a seam', async () => {
    const player = local.endpoint.createPlayer({
      segments: [{ frequencies: [425], ms: 250, levelDbfs: -10 }],
      loop: true,
    });
    const heard = await local.hear(player, 1000);
    // 425 Hz is no multiple of 50 Hz: 40 ms make it whole.
    expect(residualLevel({ ...heard, samples: heard.samples.subarray(0, 7680) }, [425])).toBeLessThan(-65);
    player.close();
  });

  it('repeats its segments until it is closed', async () => {
    const player = local.endpoint.createPlayer({
      segments: [{ frequencies: [450], ms: 40, levelDbfs: -10 }, { silenceMs: 40 }],
      loop: true,
    });
    const heard = await local.hear(player, 800);
    expect(toneLevel(heard, 450)).toBeCloseTo(-10 - 20 * Math.log10(2), 0);
    player.close();
  });

  it('starts when it is connected, and waits while it is not', async () => {
    const { samples } = noise(4, -6, 500);
    const player = local.endpoint.createPlayer({ segments: [{ samples }] });
    const file = join(local.folder, 'parts.wav');
    const recorder = local.endpoint.createRecorder(file);
    const end = finished(player);
    const connection = await local.endpoint.connect(player, recorder);
    await connection.close();
    const other = await local.endpoint.connect(player, recorder);
    await end;
    await other.close();
    await recorder.close();
    const recorded = (await wav.readWav(file)).samples.filter((sample) => sample !== 0);
    expect(recorded).toEqual(samples.filter((sample) => sample !== 0));
  });

  it('is silent and refuses connections once it is closed', async () => {
    const player = local.tone(450);
    const recorder = local.endpoint.createRecorder(join(local.folder, 'closed.wav'));
    const connection = await local.endpoint.connect(player, recorder);
    player.close();
    player.close();
    await expect(connection.setVolume({ gain: 3 })).rejects.toThrow(InvalidStateError);
    await connection.close();
    await connection.close();
    expect(() => local.endpoint.connect(player, recorder)).rejects.toThrow(InvalidStateError);
    await recorder.close();
    await recorder.close();
    expect(() => local.endpoint.connect(local.tone(600), recorder)).rejects.toThrow(InvalidStateError);
  });

  it('can be connected to the same sink only once', async () => {
    const player = local.tone(450);
    const recorder = local.endpoint.createRecorder(join(local.folder, 'twice.wav'));
    const connection = await local.endpoint.connect(player, recorder);
    await expect(local.endpoint.connect(player, recorder)).rejects.toThrow(InvalidStateError);
    await connection.close();
    await local.endpoint.connect(player, recorder);
    await recorder.close();
    player.close();
  });

  it('is heard by more listeners than its bridge port initially has room for', async () => {
    const player = local.tone(450);
    const heard = async (index: number) => {
      const file = join(local.folder, `listener-${index}.wav`);
      const recorder = local.endpoint.createRecorder(file);
      const connection = await local.endpoint.connect(player, recorder, { gain: -(index % 4) });
      await setTimeout(500);
      await connection.close();
      await recorder.close();
      const { samples } = await wav.readWav(file);
      return toneLevel({ sampleRate, samples: samples.slice(-2400, -800) }, 450);
    };
    const levels = await Promise.all(Array.from({ length: 40 }, (_, index) => heard(index)));
    const [first = Number.NaN] = levels;
    for (const [index, level] of levels.entries()) expect(level).toBeCloseTo(first - (index % 4), 0);
    player.close();
  });

  it('does not leave a port behind', async () => {
    const { conferencePorts } = local.endpoint.statistics();
    for (let count = 0; count < 50; ++count) local.tone(450).close();
    await local.hear(local.tone(600), 100);
    // The bridge lets them go in its own time.
    await until('the ports to be free', () => local.endpoint.statistics().conferencePorts <= conferencePorts + 1);
  });

  it('can be filled only from a WAV file of the right format', async () => {
    const file = join(local.folder, 'prompt.wav');
    const { samples } = noise(5, -6, 40);
    await wav.writeWav(file, { sampleRate, samples });
    expect(readWav(file, sampleRate)).toEqual(samples);
    expect(() => readWav(file, 16_000)).toThrow(/prompt\.wav.*8000 Hz.*16000 Hz is needed/);
    expect(() => readWav(join(local.folder, 'none.wav'), sampleRate)).toThrow(/ENOENT/);
  });
});

function trimmed(samples: Int16Array): Int16Array {
  return samples.slice(
    samples.findIndex((sample) => sample !== 0),
    samples.findLastIndex((sample) => sample !== 0) + 1,
  );
}

/** Without the fades. */
function middle({ samples }: Recording): Recording {
  return { sampleRate, samples: samples.slice(400, 400 + 3200) };
}
