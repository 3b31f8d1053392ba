import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SoundChannel } from '../../src/node-pjsua2/src/index.js';
import { AlsaFifos } from '../support/audio/alsa-fifos.js';
import { SoundDeviceDouble } from '../support/audio/device.js';
import { expectHears } from '../support/audio/hearing.js';
import { sine, steadyLevel } from '../support/audio/tones.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';

describe('a sound channel over ALSA', () => {
  let local: LocalEndpoint;
  let device: SoundDeviceDouble;
  let alsa: AlsaFifos;
  const channels: SoundChannel[] = [];
  const told: string[] = [];

  const open = (capture: string, playback = capture): SoundChannel => {
    const channel = local.endpoint.openSoundChannel({ capture, playback });
    channel.on('up', () => told.push('up'));
    channel.on('down', ({ reason }) => told.push(`down: ${reason}`));
    channels.push(channel);
    return channel;
  };

  beforeEach(async () => {
    told.length = 0;
    local = await LocalEndpoint.start();
    device = await SoundDeviceDouble.listen(join(local.folder, 'device'));
    alsa = await AlsaFifos.configure(local.folder);
    process.env.ALSA_CONFIG_PATH = alsa.configuration;
  });
  afterEach(async () => {
    for (const channel of channels.splice(0)) channel.close();
    // First: a channel that opens its FIFO once more would wait for ever for somebody at the other end.
    await local.close();
    alsa.close();
    device.close();
  });

  it('works both ways at once, at the device’s levels, and neither direction hears itself', async () => {
    alsa.plugIn(device.path);
    device.say(sine(450, -16, 1000));
    const channel = open('line');
    await until('the channel to be up', () => told.at(-1) === 'up');
    await local.endpoint.connect(local.tone(600), channel);
    const heardByDevice = await until('the tone, at its level throughout', () => {
      const heard = device.heard(400);
      return Math.abs(steadyLevel(heard, 600) + 12) < 0.5 && heard;
    });
    expectHears('the device', heardByDevice, { present: [600], absent: [450] });
    await local.hear(channel, 200);
    const heard = await local.hear(channel, 1000);
    expectHears('the bridge', heard, { present: [450], absent: [600] });
    expect(steadyLevel(heard, 450)).toBeCloseTo(-16, 0);
  });

  it('reports once that the device is missing, and uses it when it appears', async () => {
    device.say(sine(450, -16, 1000));
    const channel = open('line');
    await until('word of it', () => told.length > 0);
    expect(told).toEqual([expect.stringMatching(/^down: line: /)]);
    await local.hear(channel, 1000);
    expect(told.length).toBe(1);
    alsa.plugIn(device.path);
    await until('the channel to be up', () => told.at(-1) === 'up');
    await until('its sound', async () => steadyLevel(await local.hear(channel, 200), 450) > -20);
  });

  it('reports a name that is not configured, and a device that is missing in one direction only', async () => {
    open('nosuch');
    await until('word of it', () => told.length === 1);
    expect(told[0]).toMatch(/^down: nosuch: /);
    alsa.plugIn(device.path);
    open('line', 'nosuch');
    await until('word of the other', () => told.length === 2);
    expect(told[1]).toMatch(/^down: nosuch: /);
  });
});
