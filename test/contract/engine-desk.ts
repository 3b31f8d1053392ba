import type { Engine } from '../../src/engine/engine.js';
import type { ContactId, ExtensionNumber, LegId } from '../../src/primitives/ids.js';
import { contactId, legId, playbackId } from '../../src/primitives/ids.js';
import type { KeyDetection } from '../../src/primitives/keys.js';
import type { Playback } from '../../src/switchboard/audio.js';
import type { CallerId, Destination } from '../../src/switchboard/leg-commands.js';
import { until } from '../support/waiting.js';
import { EngineEvents } from './engine-events.js';
import type { EngineHarness, FarCall, FarEnd, FarLine, FarPhone } from './engine-harness.js';
import { extensions } from './engine-harness.js';

export const [anna, ben, cara] = extensions as [ExtensionNumber, ExtensionNumber, ExtensionNumber];
export const caller: CallerId = { number: '4930', name: 'Somebody' };

/** One leg of the engine and the far end that it leads to. */
interface Ends {
  readonly leg: LegId;
  readonly far: FarEnd;
}

/** One call between the engine and a far end, seen from both. */
export interface Line extends Ends {
  readonly far: FarCall;
}

/** A running engine with a phone on every extension, and what a test of the contract does with them. */
export class EngineDesk {
  readonly harness: EngineHarness;
  readonly engine: Engine;
  readonly events: EngineEvents;
  readonly #phones = new Map<ExtensionNumber, FarPhone>();
  readonly #contacts = new Map<ExtensionNumber, ContactId>();
  readonly #open: Line[] = [];
  readonly #channels: LegId[] = [];
  #serial = 0;

  static async open(harness: EngineHarness): Promise<EngineDesk> {
    const desk = new EngineDesk(harness);
    await harness.start();
    for (const extension of extensions) await desk.#register(extension);
    return desk;
  }

  private constructor(harness: EngineHarness) {
    this.harness = harness;
    this.engine = harness.engine;
    this.events = new EngineEvents(harness.engine);
  }

  contactOf(extension: ExtensionNumber): ContactId {
    return this.#contacts.get(extension) ?? contactId('none');
  }

  /** A far end calls; the engine has not reacted yet. */
  async incoming(extension = anna, dialled = '555'): Promise<Line> {
    const before = this.events.all.length;
    const far = await this.#phone(extension).call(dialled);
    const { leg } = await this.events.next('incoming', () => true, before);
    return this.opened({ leg, far });
  }

  /** The engine calls a far end, which has not reacted yet. */
  async outgoing(extension = ben, shown = caller): Promise<Line> {
    const leg = this.newLeg();
    const to: Destination = { kind: 'contact', extension, contact: this.contactOf(extension) };
    this.events.command((engine) => engine.dial(leg, to, shown));
    return this.opened({ leg, far: await this.#phone(extension).incoming() });
  }

  /** A far end calls, of which the engine may not hear. */
  farCall(extension: ExtensionNumber, dialled = '555'): Promise<FarCall> {
    return this.#phone(extension).call(dialled);
  }

  async answeredIncoming(extension = anna): Promise<Line> {
    const line = await this.incoming(extension);
    this.events.command((engine) => engine.answer(line.leg));
    await this.progresses(line.far, 'answered');
    return line;
  }

  async answeredOutgoing(extension = ben): Promise<Line> {
    const line = await this.outgoing(extension);
    line.far.answer();
    await this.events.onLeg('answered', line.leg);
    return line;
  }

  /** Two calls that came in and one that was made, all with sound. */
  async threeAnswered(): Promise<readonly [Line, Line, Line]> {
    return [await this.answeredIncoming(anna), await this.answeredOutgoing(ben), await this.answeredIncoming(cara)];
  }

  /** Sees to it that the call is cleared away after the test. */
  opened(line: Line): Line {
    this.#open.push(line);
    return line;
  }

  newLeg(): LegId {
    this.#serial += 1;
    return legId(`out-${this.#serial}`);
  }

  newPlayback(leg: LegId, loop: boolean): Playback {
    this.#serial += 1;
    const items = [{ kind: 'prompt', name: 'hold' }] as const;
    return { id: playbackId(`play-${this.#serial}`), leg, language: 'en', items, loop };
  }

  /** An analog line, whose channel is open until the end of the test. */
  async channel(keys: KeyDetection = 'reported'): Promise<{ readonly leg: LegId; readonly far: FarLine }> {
    this.#serial += 1;
    const leg = legId(`line-${this.#serial}`);
    const far = await this.harness.line(leg);
    this.events.command(() => this.harness.channels.openChannel(leg, far.sound, keys));
    this.#channels.push(leg);
    return { leg, far };
  }

  connect(from: Ends, to: Ends, levelled = false): void {
    this.events.command((engine) => engine.connect({ from: from.leg, to: to.leg, gain: 0, levelled, side: 'both' }));
  }

  async progresses(far: FarCall, progress: FarCall['progress']): Promise<void> {
    await until(
      () => `${far.name} to be ${progress}, is ${far.progress}`,
      () => far.progress === progress,
    );
  }

  async hearsBox(far: FarEnd, expected: boolean): Promise<void> {
    await until(`${far.name} ${expected ? '' : 'no longer '}to hear the box`, () => far.hearsBox() === expected);
  }

  /** Waits until each of the lines hears exactly those that it should, of all the lines there are. */
  async eachHears(...expected: readonly (readonly [Ends, readonly Ends[]])[]): Promise<void> {
    const all = expected.map(([line]) => line);
    const namesOf = (lines: readonly Ends[]) => lines.map(({ far }) => far.name);
    const isHeard = (listener: Ends) => (source: Ends) => listener.far.level(source.far) !== undefined;
    const heard = () => JSON.stringify(all.map((line) => namesOf(all.filter(isHeard(line)))));
    const wanted = JSON.stringify(expected.map(([, sources]) => namesOf(all.filter((line) => sources.includes(line)))));
    await until(
      () => `${wanted} to be heard, but it was ${heard()}`,
      () => heard() === wanted,
    );
  }

  /** Ends all calls of a test. */
  async clear(): Promise<void> {
    for (const leg of this.#channels.splice(0)) this.events.command(() => this.harness.channels.closeChannel(leg));
    for (const { leg, far } of this.#open.splice(0)) {
      this.events.command((engine) => engine.release(leg, 'normal'));
      await this.events.onLeg('released', leg);
      await this.progresses(far, 'released');
    }
  }

  /** Stops the engine while calls go on; returns their far ends. */
  async stop(): Promise<readonly FarCall[]> {
    await this.engine.stop();
    return this.#open.splice(0).map(({ far }) => far);
  }

  async #register(extension: ExtensionNumber): Promise<void> {
    this.#phones.set(extension, await this.harness.register(extension));
    const { contact } = await this.events.next('contactBound', (event) => event.extension === extension);
    this.#contacts.set(extension, contact);
  }

  #phone(extension: ExtensionNumber): FarPhone {
    const found = this.#phones.get(extension);
    if (!found) throw new Error(`${extension} has no phone`);
    return found;
  }
}
