import type {
  EngineAddress,
  EngineEvent,
  ExtensionAccount,
  SoundEngine,
  TrunkAccount,
} from '../../src/engine/engine.js';
import type { LineAudio } from '../../src/engine/line-audio.js';
import type { BusyLamp, LampSubject } from '../../src/primitives/busy-lamp.js';
import type { ContactId, ExtensionNumber, LegId, PlaybackId, TrunkId } from '../../src/primitives/ids.js';
import { legId } from '../../src/primitives/ids.js';
import type { Digit, KeyDetection } from '../../src/primitives/keys.js';
import type { Edge, Playback } from '../../src/switchboard/audio.js';
import type { LegEvent } from '../../src/switchboard/events.js';
import type { Caller, CallerId, Destination, TransferProgress } from '../../src/switchboard/leg-commands.js';
import { shownCaller } from '../../src/switchboard/leg-commands.js';
import type { ReleaseCause } from '../../src/switchboard/release-cause.js';
import { SimulatedAccounts } from './engine-accounts.js';
import { SimulatedAudio } from './engine-audio.js';
import type { FarEnd } from './engine-leg.js';
import { SimulatedLeg } from './engine-leg.js';

export interface SimulatedOptions {
  /** Whether a playback that does not loop ends at once, or when `endPlaybacks` is called. */
  readonly playbacksEnd: 'atOnce' | 'whenTold';
}

/** What one leg hears at the moment. */
export interface Heard {
  readonly legs: ReadonlyMap<LegId, Pick<Edge, 'gain' | 'levelled' | 'side'>>;
  readonly playbacks: readonly Playback[];
}

/** The sound of an analog line, as the line has it. */
export interface Channel {
  readonly sound: LineAudio;
  readonly keys: KeyDetection;
  /** Keys that the line was let hear. */
  readonly digits: readonly Digit[];
}

type Origin = Extract<LegEvent, { type: 'incoming' }>['origin'];

/** An engine without sockets and sound: its far ends do what they are told, and what each of them hears can be asked. */
export class SimulatedEngine implements SoundEngine {
  readonly #options: SimulatedOptions;
  readonly #legs = new Map<LegId, SimulatedLeg>();
  readonly #channels = new Map<LegId, Channel & { readonly digits: Digit[] }>();
  readonly #audio = new SimulatedAudio();
  readonly #contacts = new Map<ContactId, ExtensionNumber>();
  readonly #accounts = new SimulatedAccounts();
  /** What those who watch see; idle where there is nothing. */
  readonly busyLamps = new Map<LampSubject, BusyLamp>();
  readonly #waiting: EngineEvent[] = [];
  #listener: (event: EngineEvent) => void = () => {};
  #isRunning = false;
  #calls = 0;

  constructor(options: SimulatedOptions) {
    this.#options = options;
  }

  async start(): Promise<readonly EngineAddress[]> {
    this.#isRunning = true;
    return [];
  }

  async stop(): Promise<void> {
    for (const leg of this.#legs.values()) leg.end('normal');
    for (const leg of this.#channels.keys()) this.closeChannel(leg);
    await this.settled();
    this.#isRunning = false;
  }

  onEvent(listener: (event: EngineEvent) => void): void {
    this.#listener = listener;
  }

  setExtensions(accounts: readonly ExtensionAccount[]): void {
    const left = this.#accounts.setExtensions(accounts);
    for (const [contact, extension] of this.#contacts) if (left.has(extension)) this.unbind(extension, contact);
  }

  setTrunks(accounts: readonly TrunkAccount[]): void {
    for (const event of this.#accounts.setTrunks(accounts)) this.#emit(event);
  }

  dial(leg: LegId, to: Destination, callerId: CallerId): void {
    const dialled = this.#newLeg(leg, { to, callerId });
    if (to.kind === 'trunk' && !this.#accounts.hasTrunk(to.trunk)) dialled.end('failure');
    if (to.kind === 'contact' && !this.#contacts.has(to.contact)) dialled.end('unavailable');
  }

  ring(leg: LegId): void {
    this.#command('ring', leg, (found) => found.advance('ringing'));
  }

  openEarlyMedia(leg: LegId): void {
    this.#command('openEarlyMedia', leg, (found) => found.advance('earlyMedia'));
  }

  answer(leg: LegId): void {
    this.#command('answer', leg, (found) => found.takeAnswer());
  }

  release(leg: LegId, cause: ReleaseCause): void {
    this.#command('release', leg, (found) => found.end(cause));
  }

  reportTransfer(leg: LegId, progress: TransferProgress): void {
    this.#command('reportTransfer', leg, (found) => found.hearOfTransfer(progress));
  }

  probe(leg: LegId, probe: number): void {
    this.#command('probe', leg, (found) => found.probed(probe));
  }

  showBusy(subject: LampSubject, lamp: BusyLamp): void {
    this.busyLamps.set(subject, lamp);
  }

  openChannel(leg: LegId, sound: LineAudio, keys: KeyDetection): void {
    this.#channels.set(leg, { sound, keys, digits: [] });
  }

  closeChannel(leg: LegId): void {
    this.#channels.delete(leg);
    this.#audio.removeLeg(leg);
  }

  connect(edge: Edge): void {
    this.#onSound('connect', edge.from, () => {
      this.#onSound('connect', edge.to, () => this.#audio.setEdge(edge));
    });
  }

  setVolume(edge: Edge): void {
    this.#onSound('setVolume', edge.to, () => {
      if (this.#audio.hasEdge(edge)) this.#audio.setEdge(edge);
    });
  }

  disconnect(from: LegId, to: LegId): void {
    this.#audio.removeEdge(from, to);
  }

  play(playback: Playback): void {
    this.#onSound('play', playback.leg, () => {
      this.#audio.startPlayback(playback);
      if (this.#options.playbacksEnd === 'atOnce' && !playback.loop) this.#endPlayback(playback);
    });
  }

  stopPlayback(_leg: LegId, playback: PlaybackId): void {
    this.#audio.removePlayback(playback);
  }

  sendDigit(leg: LegId, digit: Digit): void {
    const channel = this.#channels.get(leg);
    if (channel) channel.digits.push(digit);
    else this.#command('sendDigit', leg, (found) => found.receive(digit));
  }

  /** Who has an account. Until that is set, everybody. */
  get accounts(): SimulatedAccounts {
    return this.#accounts;
  }

  /** A phone registers for an extension. */
  bind(extension: ExtensionNumber, contact: ContactId): void {
    this.#contacts.set(contact, extension);
    this.#emit({ type: 'contactBound', extension, contact });
  }

  /** A phone's registration ends. */
  unbind(extension: ExtensionNumber, contact: ContactId): void {
    this.#contacts.delete(contact);
    this.#emit({ type: 'contactUnbound', extension, contact });
  }

  trunkUp(trunk: TrunkId): void {
    this.#emit({ type: 'trunkUp', trunk });
  }

  trunkDown(trunk: TrunkId, reason: string): void {
    this.#emit({ type: 'trunkDown', trunk, reason });
  }

  /** The sound channels that are open. */
  get channels(): ReadonlyMap<LegId, Channel> {
    return this.#channels;
  }

  /** The keys of a telephone sound on an analog line. */
  sound(leg: LegId, ...digits: readonly Digit[]): void {
    if (this.#channels.get(leg)?.keys !== 'inBand') return;
    for (const digit of digits) this.#emit({ type: 'digit', leg, digit });
  }

  /** A far end calls the engine, which refuses it without an account. */
  call(origin: Origin, caller: CallerId | Caller, dialled: string): FarEnd {
    this.#calls += 1;
    if (!this.#accounts.has(origin)) return refusedLeg(legId(`refused-${this.#calls}`));
    const leg = this.#newLeg(legId(`in-${this.#calls}`), null);
    const told = 'known' in caller ? caller : shownCaller(caller);
    this.#emit({ type: 'incoming', leg: leg.leg, origin, caller: told, dialled });
    return leg;
  }

  /** Far ends the engine has called and that are not released, oldest first. */
  get called(): readonly FarEnd[] {
    return this.#live().filter(({ calledAs }) => calledAs !== null);
  }

  /** What the far end of the leg hears: audio flows only between legs that have media. */
  heardBy(leg: LegId): Heard {
    if (!this.#hasMedia(leg)) return { legs: new Map(), playbacks: [] };
    const edges = this.#audio.edges.filter(({ from, to }) => to === leg && this.#hasMedia(from));
    return {
      legs: new Map(edges.map(({ from, gain, levelled, side }) => [from, { gain, levelled, side }])),
      playbacks: this.#audio.playbacks.filter((playback) => playback.leg === leg),
    };
  }

  /** All that is left: nothing of it remains once every leg is released. */
  get remains(): { readonly legs: number; readonly edges: number; readonly playbacks: number } {
    return { legs: this.#live().length, edges: this.#audio.edges.length, playbacks: this.#audio.playbacks.length };
  }

  /** Whatever is being played to the leg comes to its end, apart from what loops. */
  endPlaybacks(leg: LegId): void {
    for (const playback of this.#audio.playbacks)
      if (playback.leg === leg && !playback.loop) this.#endPlayback(playback);
  }

  /** Resolves when all events so far have been delivered, and those that followed from them. */
  async settled(): Promise<void> {
    while (this.#waiting.length > 0) await Promise.resolve();
  }

  #live(): readonly SimulatedLeg[] {
    return [...this.#legs.values()].filter(({ progress }) => progress !== 'released');
  }

  #hasMedia(leg: LegId): boolean {
    return this.#channels.has(leg) || this.#legs.get(leg)?.hasMedia === true;
  }

  #newLeg(leg: LegId, calledAs: FarEnd['calledAs']): SimulatedLeg {
    const created = new SimulatedLeg(leg, calledAs, (event) => {
      if (event.type === 'released') this.#audio.removeLeg(leg);
      this.#emit(event);
    });
    this.#legs.set(leg, created);
    return created;
  }

  #endPlayback({ id, leg }: Playback): void {
    if (this.#audio.removePlayback(id)) this.#emit({ type: 'playbackEnded', leg, playback: id });
  }

  /** What concerns sound alone can be done to a channel too. */
  #onSound(command: string, leg: LegId, carryOut: () => void): void {
    if (this.#channels.has(leg)) carryOut();
    else this.#command(command, leg, carryOut);
  }

  /** A leg that has just ended takes no commands; one that never was is a mistake worth reporting. */
  #command(command: string, leg: LegId, carryOut: (leg: SimulatedLeg) => void): void {
    const found = this.#legs.get(leg);
    if (!found) this.#emit({ type: 'commandFailed', leg, command, reason: 'there is no such leg' });
    else if (found.progress !== 'released') carryOut(found);
  }

  /** Events are delivered in order, never within the command that caused them. */
  #emit(event: EngineEvent): void {
    if (!this.#isRunning) return;
    this.#waiting.push(event);
    if (this.#waiting.length === 1) queueMicrotask(() => this.#deliver());
  }

  #deliver(): void {
    const event = this.#waiting[0];
    if (!event) return;
    try {
      this.#listener(event);
    } finally {
      this.#waiting.shift();
      if (this.#waiting.length > 0) queueMicrotask(() => this.#deliver());
    }
  }
}

/** The engine does not hear of it. */
function refusedLeg(name: LegId): FarEnd {
  const leg = new SimulatedLeg(name, null, () => {});
  leg.end('forbidden');
  return leg;
}
