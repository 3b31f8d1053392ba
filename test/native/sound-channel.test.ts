import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InvalidStateError, type SoundChannel } from '../../src/node-pjsua2/src/index.js';
import { SoundDeviceDouble } from '../support/audio/device.js';
import { expectHears, misheard } from '../support/audio/hearing.js';
import { allKeys, pressed, tonesOf } from '../support/audio/keys.js';
import { noise, residualLevel, sine, steadyLevel, toneLevel, totalLevel } from '../support/audio/tones.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';

describe('a sound channel', () => {
  let local: LocalEndpoint;
  let device: SoundDeviceDouble;
  let channel: SoundChannel;
  const told: string[] = [];

  const open = (path = device.path): SoundChannel => {
    const opened = local.endpoint.openSoundChannel({ socket: path });
    told.length = 0;
    opened.on('up', () => told.push('up'));
    opened.on('down', ({ reason }) => told.push(`down: ${reason}`));
    opened.on('digit', ({ digit }) => told.push(digit));
    return opened;
  };
  const isUp = () => until('the channel to be up', () => told.at(-1) === 'up');

  beforeEach(async () => {
    local = await LocalEndpoint.start();
    device = await SoundDeviceDouble.listen(join(local.folder, 'device'));
    channel = open();
    await isUp();
  });
  afterEach(async () => {
    channel.close();
    device.close();
    await local.close();
  });

  it('carries the device’s sound to the bridge, at its level', async () => {
    device.say(sine(450, -16, 1000));
    await local.hear(channel, 200);
    const heard = await local.hear(channel, 1000);
    expect(steadyLevel(heard, 450)).toBeCloseTo(-16, 0);
  });

  it('carries the bridge’s sound to the device, at its level', async () => {
    const tone = local.tone(600);
    await local.endpoint.connect(tone, channel);
    await until('the tone, at its level throughout', () => Math.abs(steadyLevel(device.heard(400), 600) + 12) < 0.5);
    tone.close();
    await until('silence', () => totalLevel(device.heard(200)) < -80);
  });

  it('does not clip when all speak at once at full scale', async () => {
    for (const frequency of [400, 700, 950]) {
      const segments = [{ frequencies: [frequency], ms: 1000, levelDbfs: 0 }] as const;
      await local.endpoint.connect(local.endpoint.createPlayer({ segments, loop: true }), channel);
    }
    // Clipping would be in every second of it; a machine that is late spoils one.
    const wrong = () => {
      const heard = device.heard(1000);
      const weak = [400, 700, 950].filter((frequency) => steadyLevel(heard, frequency) <= -20);
      // Third-order products, of which clipping makes many.
      const products = [100, 150, 1000, 1200].filter((frequency) => steadyLevel(heard, frequency) >= -50);
      const top = longestTop(heard.samples);
      return weak.length + products.length > 0 || top >= 3 ? JSON.stringify({ weak, products, top }) : null;
    };
    await until(
      () => `a second of them, unclipped: ${wrong()}`,
      () => wrong() === null,
    );
  });

  it('works both ways at once, and neither direction hears itself', async () => {
    device.say(sine(450, -16, 1000));
    await local.endpoint.connect(local.tone(600), channel);
    const atDevice = () => misheard('the device', device.heard(400), { present: [600], absent: [450] });
    await until(
      () => atDevice() ?? 'the tone at the device',
      () => atDevice() === undefined,
    );
    expectHears('the bridge', await local.hear(channel, 400), { present: [450], absent: [600] });
  });

  it('carries most frames unchanged', async () => {
    const voice = noise(7, -12, 1000);
    device.say(voice);
    await local.hear(channel, 200);
    const known = new Set(framesOf(voice.samples).map(String));
    const unchanged = (samples: Int16Array, offset: number) =>
      framesOf(samples.subarray(offset)).filter((frame) => known.has(String(frame))).length;
    // A machine that is late spoils one second, not every one.
    let most = 0;
    await until(
      () => `a second of them; of 50 there were at most ${most}`,
      async () => {
        const { samples } = await local.hear(channel, 1000);
        most = Math.max(most, ...Array.from({ length: 160 }, (_, offset) => unchanged(samples, offset)));
        return most > 0.8 * 50;
      },
    );
  });

  it('drops what was said while nobody listened', async () => {
    device.say(sine(450, -16, 1000));
    await local.hear(channel, 500);
    device.say(sine(900, -16, 1000));
    await until('the new tone', async () => steadyLevel(await local.hear(channel, 200), 900) > -20);
    expect(steadyLevel(await local.hear(channel, 200), 450)).toBeLessThan(-50);
  });

  it('catches up after a burst without losing sound or time', async () => {
    device.say(sine(450, -16, 1000));
    device.burst(new Int16Array(160 * 100));
    await until('the tone, and nothing else', async () => {
      const recording = await local.hear(channel, 400);
      return toneLevel(recording, 450) > -20 && residualLevel(recording, [450]) < -30;
    });
  });

  it('reports once that the device is away, and finds it again by itself', async () => {
    device.close();
    await until('word of it', () => told.length >= 2);
    expect(told[1]).toMatch(/^down: .*device/);
    await local.hear(channel, 600);
    expect(totalLevel(await local.hear(channel, 200))).toBeLessThan(-100);
    device = await SoundDeviceDouble.listen(device.path);
    device.say(sine(450, -16, 1000));
    await isUp();
    await until('sound', async () => steadyLevel(await local.hear(channel, 200), 450) > -20);
    expect(told.filter((text) => text.startsWith('down')).length).toBeLessThanOrEqual(2);
  });

  it('disconnects from a device that has fallen silent, and reconnects', async () => {
    device.freeze();
    await until('word of it', () => told.some((text) => text.includes('sends no more sound')));
    await until('another try', () => device.connections >= 2);
  });

  it('does not deliver late what was meant for a device that was away', async () => {
    const tone = local.tone(600);
    await local.endpoint.connect(tone, channel);
    await until('the tone', () => steadyLevel(device.heard(400), 600) > -20);
    device.close();
    await until('word of it', () => told.length >= 2);
    await local.hear(channel, 400);
    tone.close();
    await local.hear(channel, 400);
    device = await SoundDeviceDouble.listen(device.path);
    await isUp();
    await until('sound to flow', () => device.heard(400).samples.length >= 3200);
    expect(totalLevel(device.heard(400))).toBeLessThan(-80);
  });

  it.each([
    ['does not exist', '/nonexistent/device'],
    ['is too long', `/tmp/${'x'.repeat(200)}`],
    ['is not a socket', '/etc/hostname'],
  ])('reports what is wrong with a path that %s', async (_, path) => {
    channel.close();
    channel = open(path);
    await until('word of it', () => told.length > 0);
    expect(told[0]).toContain(`down: ${path}`);
  });

  it('is silent and refuses connections once it is closed', async () => {
    channel.close();
    channel.close();
    await until('the device to be let go', () => !device.isConnected);
    await expect(local.endpoint.connect(local.tone(450), channel)).rejects.toThrow(InvalidStateError);
  });

  it('does not leave a port behind, and can be opened again at once', async () => {
    const { conferencePorts } = local.endpoint.statistics();
    for (let count = 0; count < 30; ++count) {
      channel.close();
      channel = open();
    }
    await isUp();
    await until('the ports to be free', () => local.endpoint.statistics().conferencePorts <= conferencePorts);
    device.say(sine(450, -16, 1000));
    await until('sound', async () => steadyLevel(await local.hear(channel, 200), 450) > -20);
  });

  it('is closed with its endpoint', async () => {
    await local.endpoint.close();
    await until('the device to be let go', () => !device.isConnected);
    expect(() => channel.close()).not.toThrow();
  });

  it('reports keys, and keeps their tones to itself', async () => {
    const tones = allKeys.flatMap(tonesOf);
    device.say(pressed(allKeys.join('')));
    const heard = await local.hear(channel, 6000);
    for (const frequency of new Set(tones)) expect(toneLevel(heard, frequency), `${frequency} Hz`).toBeLessThan(-60);
    const keys = told.filter((text) => text.length === 1).join('');
    expect(`${allKeys.join('')}${allKeys.join('')}${allKeys.join('')}`).toContain(keys);
    expect(keys.length).toBeGreaterThan(20);
    device.say(sine(450, -16, 1000));
    await until('speech again', async () => steadyLevel(await local.hear(channel, 200), 450) > -20);
  });
});

function framesOf(samples: Int16Array): Int16Array[] {
  return Array.from({ length: Math.floor(samples.length / 160) }, (_, index) =>
    samples.subarray(index * 160, (index + 1) * 160),
  );
}

/** The longest run of samples at the top, of which clipping makes many. */
function longestTop(samples: Int16Array): number {
  const top = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  let [longest, run] = [0, 0];
  for (const sample of samples) {
    run = Math.abs(sample) === top ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
