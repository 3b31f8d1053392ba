import type { Call, Endpoint, Player, SoundChannel } from 'node-pjsua2';
import type { LegId, PlaybackId } from '../../primitives/ids.js';
import type { Playback } from '../../switchboard/audio.js';
import type { PromptLibrary } from '../prompt-library.js';
import { segmentsOf } from './playback.js';
import type { Reports } from './reports.js';

interface Playing {
  readonly leg: LegId;
  readonly player: Player;
}

/** What is being played to legs. */
export class PjsuaPlayers {
  readonly #players = new Map<PlaybackId, Playing>();

  constructor(
    private readonly endpoint: Endpoint,
    private readonly prompts: PromptLibrary,
    private readonly reports: Reports,
  ) {}

  play(playback: Playback, sound: Call | SoundChannel): void {
    const { id, leg } = playback;
    this.reports.attempt(leg, 'play', () => {
      const player = this.endpoint.createPlayer({ segments: segmentsOf(this.prompts, playback), loop: playback.loop });
      this.#players.set(id, { leg, player });
      player.on('finished', () => this.#onFinished(playback, player));
      this.#connect(id, { leg, player }, sound);
    });
  }

  /** Another call is this leg now: it hears what is being played. */
  follow(leg: LegId, sound: Call | SoundChannel): void {
    for (const [id, playing] of this.#players) if (playing.leg === leg) this.#connect(id, playing, sound);
  }

  stop(playback: PlaybackId): void {
    this.#players.get(playback)?.player.close();
    this.#players.delete(playback);
  }

  /** The leg has ended, so the end of what it heard is not reported. */
  forget(leg: LegId): void {
    for (const [id, playing] of this.#players) if (playing.leg === leg) this.stop(id);
  }

  #connect(id: PlaybackId, { leg, player }: Playing, sound: Call | SoundChannel): void {
    this.endpoint.connect(player, sound).catch((error: unknown) => {
      if (this.#players.get(id)?.player === player) this.reports.failed(leg, 'play', error);
    });
  }

  #onFinished({ id, leg }: Playback, player: Player): void {
    player.close();
    if (this.#players.get(id)?.player !== player) return;
    this.#players.delete(id);
    this.reports.emit({ type: 'playbackEnded', leg, playback: id });
  }
}
