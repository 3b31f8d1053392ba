import type {
  Engine,
  EngineAddress,
  EngineEvent,
  ExtensionAccount,
  SoundEngine,
  TrunkAccount,
} from '../engine/engine.js';
import type { BusyLamp, LampSubject } from '../primitives/busy-lamp.js';
import type { LegId, PlaybackId, PortId } from '../primitives/ids.js';
import { legId, playbackId } from '../primitives/ids.js';
import type { Digit } from '../primitives/keys.js';
import type { Language } from '../primitives/language.js';
import type { Instant } from '../primitives/time.js';
import type { Edge, Playback } from '../switchboard/audio.js';
import type { CallerId, Destination, LegCommand, TransferProgress } from '../switchboard/leg-commands.js';
import type { ReleaseCause } from '../switchboard/release-cause.js';
import { AnalogAudio } from './analog-audio.js';
import { type AnalogPort, closed, type PortAction } from './analog-port.js';
import type { AnalogSettings } from './analog-settings.js';
import { Announcement, isDialTone } from './announcement.js';
import type { FxoEvent, FxsEvent } from './line-events.js';
import { type OpenLine, PortSet } from './port-set.js';

export interface AnalogLegsOptions {
  /** Has all other legs, and the audio of the lines. */
  readonly engine: SoundEngine;
  readonly openLine: OpenLine;
  readonly settings: AnalogSettings;
  readonly language: Language;
  readonly now: () => Instant;
  /** Receives every report of a line, for the log. */
  readonly onReport: (port: PortId, report: FxsEvent | FxoEvent) => void;
  /** What is said in place of the dial tone to whoever lifts the handset at this port; null for nothing. A key ends it, and counts. */
  readonly greeting?: (port: PortId) => Playback['items'] | null;
}

/**
 * Offers analog telephones and lines as legs like those of an engine, with the same commands and events. Whatever does not concern an
 * analog port is passed through to the engine.
 */
export class AnalogLegs implements Engine {
  readonly #options: AnalogLegsOptions;
  readonly #engine: SoundEngine;
  readonly #audio: AnalogAudio;
  readonly #ports: PortSet;
  /** The port of each leg, until the end of the leg has been reported. */
  readonly #owners = new Map<LegId, AnalogPort>();
  /** The ports whose channel is open. */
  readonly #open = new Set<AnalogPort>();
  readonly #coming: EngineEvent[] = [];
  #language: Language;
  #listener: (event: EngineEvent) => void = () => {};
  #isStarted = false;
  #isDelivering = false;
  readonly #announcement = new Announcement();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: AnalogLegsOptions) {
    this.#options = options;
    this.#engine = options.engine;
    this.#audio = new AnalogAudio(options.engine);
    this.#language = options.language;
    this.#engine.onEvent((event) => this.#onEngineEvent(event));
    this.#ports = new PortSet(options.openLine, {
      opened: (port) => this.#onOpened(port),
      leaves: (port) => this.#do(port, port.leave()),
      closes: (port) => this.#do(port, port.fail(closed)),
    });
    this.#ports.set(options.settings);
  }

  async start(): Promise<readonly EngineAddress[]> {
    const addresses = await this.#engine.start();
    this.#isStarted = true;
    for (const { line } of this.#ports.all) line?.start();
    return addresses;
  }

  async stop(): Promise<void> {
    const stopped = await this.#ports.stop();
    // Not before: a line reports until it has stopped.
    clearTimeout(this.#timer);
    await this.#engine.stop();
    for (const line of stopped) if (line.status === 'rejected') throw line.reason;
  }

  onEvent(listener: (event: EngineEvent) => void): void {
    this.#listener = listener;
  }

  setExtensions(accounts: readonly ExtensionAccount[]): void {
    this.#engine.setExtensions(accounts);
  }

  setTrunks(accounts: readonly TrunkAccount[]): void {
    this.#engine.setTrunks(accounts);
  }

  /**
   * What is connected to the ports from now on, and the language in which their handsets are spoken to. A port that changes or goes takes
   * no new calls; its running one goes on to its end.
   */
  setPorts(settings: AnalogSettings, language: Language): void {
    this.#language = language;
    this.#ports.set(settings);
    this.#deliverSoon();
  }

  dial(leg: LegId, to: Destination, callerId: CallerId, caller?: LegId): void {
    const port = this.#ports.all.find((candidate) => candidate.isAt(to));
    if (!port) {
      this.#engine.dial(leg, to, callerId, caller);
      return;
    }
    this.#owners.set(leg, port);
    this.#report(local(leg));
    this.#executed({ kind: 'dial', leg, to, callerId, caller: caller ?? leg });
  }

  ring(leg: LegId): void {
    if (!this.#executed({ kind: 'ring', leg })) this.#engine.ring(leg);
  }

  openEarlyMedia(leg: LegId): void {
    if (!this.#executed({ kind: 'openEarlyMedia', leg })) this.#engine.openEarlyMedia(leg);
  }

  answer(leg: LegId): void {
    if (!this.#executed({ kind: 'answer', leg })) this.#engine.answer(leg);
  }

  release(leg: LegId, cause: ReleaseCause): void {
    if (!this.#executed({ kind: 'release', leg, cause })) this.#engine.release(leg, cause);
  }

  /** An analog telephone has been hung up by then, so there is nobody to tell. */
  reportTransfer(leg: LegId, progress: TransferProgress): void {
    if (!this.#owners.has(leg)) this.#engine.reportTransfer(leg, progress);
  }

  /** A leg that is known is there: a line that fails ends its legs. */
  probe(leg: LegId, probe: number): void {
    if (this.#owners.has(leg)) this.#report({ type: 'probed', leg, probe, isThere: true });
    else this.#engine.probe(leg, probe);
  }

  showBusy(subject: LampSubject, lamp: BusyLamp): void {
    this.#engine.showBusy(subject, lamp);
  }

  connect(edge: Edge): void {
    if (!this.#isOurs(edge)) this.#engine.connect(edge);
    else this.#changeAudio(() => this.#audio.connect(edge));
  }

  setVolume(edge: Edge): void {
    if (!this.#isOurs(edge)) this.#engine.setVolume(edge);
    else this.#changeAudio(() => this.#audio.setVolume(edge));
  }

  disconnect(from: LegId, to: LegId): void {
    if (!this.#isOurs({ from, to })) this.#engine.disconnect(from, to);
    else this.#changeAudio(() => this.#audio.disconnect({ from, to }));
  }

  play(playback: Playback): void {
    if (!this.#owners.has(playback.leg)) this.#engine.play(playback);
    else this.#changeAudio(() => this.#audio.play(playback));
  }

  stopPlayback(leg: LegId, playback: PlaybackId): void {
    if (!this.#owners.has(leg)) this.#engine.stopPlayback(leg, playback);
    else this.#changeAudio(() => this.#audio.stop(playback));
  }

  sendDigit(leg: LegId, digit: Digit): void {
    const port = this.#owners.get(leg);
    const action = port?.digitSent(leg, digit);
    if (port && action) {
      this.#do(port, action);
      return;
    }
    const heardOn = this.#route(leg);
    if (heardOn !== null) this.#engine.sendDigit(heardOn, digit);
  }

  /**
   * Plays this on a lifted handset, preferably a moderator's, mixed with whatever else is heard there; nowhere when none is lifted.
   * Hanging up ends it.
   * @param at The only handset where it may be heard; null for any.
   */
  announce(items: Playback['items'], at: PortId | null = null): void {
    const lifted = this.#ports.all.filter(({ handset, name }) => handset !== null && (at === null || name === at));
    const port = lifted.find(({ handset }) => handset?.isHotline) ?? lifted[0];
    if (port) this.#announcement.begin(port, channelOf(port), this.#language, items, false);
    else this.#announcement.stop();
    this.#changeAudio(() => {});
  }

  /** Lets every port do what is due by now. */
  tick(): void {
    for (const port of this.#ports.all) this.#do(port, port.timePassed());
    this.#deliver();
  }

  /** A trunk counts as up until it is said to be down. */
  #onOpened(port: AnalogPort): void {
    port.onReport((report, action) => {
      this.#options.onReport(port.name, report);
      this.#do(port, action);
      this.#deliver();
    });
    if (!this.#isStarted) return;
    this.#do(port, port.fail('not ready yet'));
    port.line?.start();
    this.#deliverSoon();
  }

  #onEngineEvent(event: EngineEvent): void {
    if (event.type === 'released') this.#audio.forget(event.leg);
    const port = 'leg' in event ? this.#ports.all.find((candidate) => channelOf(candidate) === event.leg) : undefined;
    if (port && event.type === 'digit') this.#do(port, port.keyFound(event.digit));
    else if (port && event.type === 'playbackEnded') this.#onPlaybackEnded(event.playback);
    else this.#coming.push(event);
    this.#deliver();
  }

  #onPlaybackEnded(playback: PlaybackId): void {
    const leg = this.#audio.ended(playback);
    // The dial tone may have waited for it.
    if (this.#announcement.ended(playback)) this.#changeAudio(() => {});
    else if (leg !== undefined) this.#coming.push({ type: 'playbackEnded', leg, playback });
  }

  /** Executes a command for a leg of an analog port; false for any other leg. */
  #executed(command: LegCommand): boolean {
    const port = this.#owners.get(command.leg);
    if (!port) return false;
    this.#do(port, port.execute(command));
    this.#deliverSoon();
    return true;
  }

  #report(event: EngineEvent): void {
    this.#coming.push(event);
    this.#deliverSoon();
  }

  #do(port: AnalogPort, action: PortAction): void {
    const wasLifted = port.handset !== null;
    for (const event of action(this.#options.now())) {
      this.#coming.push(event);
      if (event.type !== 'incoming') continue;
      this.#owners.set(event.leg, port);
      this.#coming.push(local(event.leg));
    }
    if (!wasLifted && isDialTone(port)) this.#greet(port);
    this.#changeAudio(() => {});
    this.#setTimer();
    this.#ports.settle();
  }

  /** Whoever lifts a handset to dial is told first what the box has to say there. */
  #greet(port: AnalogPort): void {
    const items = this.#options.greeting?.(port.name) ?? null;
    if (items) this.#announcement.begin(port, channelOf(port), this.#language, items, true);
  }

  /** Removals come first, so that nobody hears too much. */
  #changeAudio(change: () => void): void {
    change();
    this.#announcement.settle();
    const own = [...this.#ports.all.flatMap((port) => this.#toneOf(port)), ...this.#announcement.playbacks];
    const route = (leg: LegId) => this.#route(leg);
    this.#audio.withdraw(route, own);
    for (const port of this.#ports.all) this.#openOrClose(port);
    this.#audio.apply(route, own);
  }

  #openOrClose(port: AnalogPort): void {
    const { keys, line } = port;
    if ((keys !== null) === this.#open.has(port)) return;
    if (keys === null) {
      this.#open.delete(port);
      this.#engine.closeChannel(channelOf(port));
    } else if (line) {
      this.#open.add(port);
      this.#engine.openChannel(channelOf(port), line.audio, keys);
    }
  }

  #toneOf(port: AnalogPort): readonly Playback[] {
    const tone = port.handset?.tone;
    if (!tone || this.#announcement.isInsteadOfToneAt(port)) return [];
    const id = playbackId(`${tone.name}-${port.name}`);
    return [{ id, leg: channelOf(port), language: this.#language, items: [tone], loop: true }];
  }

  /** Only the leg that has the line carries audio. */
  #route(leg: LegId): LegId | null {
    const port = this.#owners.get(leg);
    if (!port) return leg;
    return port.audibleLeg === leg ? channelOf(port) : null;
  }

  #isOurs({ from, to }: Pick<Edge, 'from' | 'to'>): boolean {
    return this.#owners.has(from) || this.#owners.has(to);
  }

  /** Events must not arrive within a command. */
  #deliverSoon(): void {
    queueMicrotask(() => this.#deliver());
  }

  #deliver(): void {
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    try {
      for (let event = this.#coming.shift(); event; event = this.#coming.shift()) {
        if (event.type === 'released' && this.#owners.delete(event.leg)) this.#audio.forget(event.leg);
        this.#listener(event);
      }
    } finally {
      this.#isDelivering = false;
    }
  }

  #setTimer(): void {
    clearTimeout(this.#timer);
    const due = this.#ports.all.map(({ deadline }) => deadline).filter((instant) => instant !== undefined);
    if (due.length === 0) return;
    this.#timer = setTimeout(() => this.tick(), Math.max(0, Math.min(...due) - this.#options.now()));
  }
}

const local = (leg: LegId): EngineEvent => ({ type: 'protection', leg, protection: 'local' });

/** The engine's leg for the audio of a port. */
const channelOf = ({ name }: AnalogPort): LegId => legId(name);
