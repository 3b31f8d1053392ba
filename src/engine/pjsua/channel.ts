import type { Endpoint, Player, SoundChannel, SoundDevice } from 'node-pjsua2';
import type { LegId } from '../../primitives/ids.js';
import type { Digit, KeyDetection } from '../../primitives/keys.js';
import { isDigit } from '../../primitives/keys.js';
import type { EngineEvent } from '../engine.js';
import { keyTones } from '../key-tones.js';
import type { LineAudio } from '../line-audio.js';

/** As a person would press it: 100 ms, with a pause as long; as loud as telephones are, -9 dBm0. */
const keyMs = 100;
const keyDbfs = -12;
/** As many as wait for a SIP telephone: a party may press keys faster than they are played, for as long as its call lasts. */
const mostKeysWaiting = 32;

/** The audio of an analog line. */
export class PjsuaChannel {
  readonly sound: SoundChannel;
  readonly #endpoint: Endpoint;
  readonly #keys: Digit[] = [];
  #pressing: Player | undefined;

  constructor(
    endpoint: Endpoint,
    leg: LegId,
    device: LineAudio,
    keys: KeyDetection,
    emit: (event: EngineEvent) => void,
  ) {
    this.#endpoint = endpoint;
    this.sound = endpoint.openSoundChannel(deviceOf(device));
    this.sound.on('up', () => emit({ type: 'soundFound', leg }));
    this.sound.on('down', ({ reason }) => emit({ type: 'soundLost', leg, reason }));
    this.sound.on('digit', ({ digit }) => {
      if (keys === 'inBand' && isDigit(digit)) emit({ type: 'digit', leg, digit });
    });
  }

  /** Plays a key to the line, after those before it; throws if too many of them wait. */
  press(digit: Digit): void {
    if (this.#keys.length >= mostKeysWaiting) throw new Error(`${mostKeysWaiting} keys wait to be played`);
    this.#keys.push(digit);
    if (!this.#pressing) this.#pressNext();
  }

  close(): void {
    this.#keys.length = 0;
    this.#pressing?.close();
    this.sound.close();
  }

  #pressNext(): void {
    const digit = this.#keys.shift();
    this.#pressing = undefined;
    if (digit === undefined) return;
    const tone = { frequencies: [...keyTones(digit)], ms: keyMs, levelDbfs: keyDbfs };
    const player = this.#endpoint.createPlayer({ segments: [tone, { silenceMs: keyMs }] });
    this.#pressing = player;
    player.on('finished', () => {
      player.close();
      this.#pressNext();
    });
    // Fails only if the channel is closed, which closes the player as well.
    this.#endpoint.connect(player, this.sound).catch(() => {});
  }
}

const deviceOf = (device: LineAudio): SoundDevice =>
  device.kind === 'socket' ? { socket: device.path } : { capture: device.capture, playback: device.playback };
