import { SimulatedEngine } from '../../src/engine/simulated.js';
import type { FarEnd } from '../../src/engine/simulated-leg.js';
import type { ContactId, ExtensionNumber, LegId } from '../../src/switchboard/ids.js';
import { contactId } from '../../src/switchboard/ids.js';
import type { Digit } from '../../src/switchboard/wishes.js';
import { until } from '../support/waiting.js';
import type { EngineHarness, FarCall, FarPhone } from './engine-harness.js';
import { trunk } from './engine-harness.js';

class SimulatedCall implements FarCall {
  readonly name: string;
  readonly far: FarEnd;
  readonly #engine: SimulatedEngine;

  constructor(engine: SimulatedEngine, far: FarEnd) {
    this.#engine = engine;
    this.far = far;
    this.name = far.leg;
  }

  get progress() {
    return this.far.progress;
  }

  get endedFor() {
    return this.far.releasedFor ?? undefined;
  }

  get shownNumber() {
    return this.far.calledAs?.callerId.number ?? '';
  }

  get digits() {
    return this.far.digits.join('');
  }

  ring(): void {
    this.far.ring();
  }

  openEarlyMedia(): void {
    this.far.openEarlyMedia();
  }

  answer(): void {
    this.far.answer();
  }

  refuse(cause: 'busy' | 'declined' | 'unavailable'): void {
    this.far.hangUp(cause);
  }

  hangUp(): void {
    this.far.hangUp();
  }

  async hold(): Promise<void> {
    this.far.hold();
  }

  async resume(): Promise<void> {
    this.far.resume();
  }

  async press(digits: string): Promise<void> {
    this.far.press(...([...digits] as Digit[]));
  }

  level(of: FarCall): number | undefined {
    const heard = this.#engine.heardBy(this.far.leg).legs;
    return of instanceof SimulatedCall ? heard.get(of.far.leg)?.gain : undefined;
  }

  hearsBox(): boolean {
    return this.#engine.heardBy(this.far.leg).playbacks.length > 0;
  }
}

/** The simulated engine with phones on its extensions and somebody behind its trunk. */
export class SimulatedHarness implements EngineHarness {
  readonly engine = new SimulatedEngine({ playbacksEnd: 'whenTold' });
  #phones = 0;

  async start(): Promise<void> {
    await this.engine.start();
    this.engine.trunkUp(trunk);
  }

  async register(extension: ExtensionNumber): Promise<FarPhone> {
    this.#phones += 1;
    const contact = contactId(`${extension}-${this.#phones}`);
    this.engine.bind(extension, contact);
    const place = { kind: 'extension', number: extension } as const;
    return {
      call: async (dialled) => this.#newCall(this.engine.call(place, { number: extension, name: '' }, dialled)),
      incoming: () => this.#called(contact),
      unregister: async () => this.engine.unbind(extension, contact),
    };
  }

  async trunkSide(): Promise<FarPhone> {
    return {
      call: async (dialled) =>
        this.#newCall(this.engine.call({ kind: 'trunk', trunk }, { number: '', name: '' }, dialled)),
      incoming: () => this.#called(undefined),
      unregister: async () => {},
    };
  }

  endPlaybacks(leg: LegId): void {
    this.engine.endPlaybacks(leg);
  }

  close(): Promise<void> {
    return this.engine.stop();
  }

  #newCall(far: FarEnd): FarCall {
    return new SimulatedCall(this.engine, far);
  }

  async #called(contact: ContactId | undefined): Promise<FarCall> {
    const isHere = ({ calledAs, progress }: FarEnd) =>
      progress === 'trying' && (calledAs?.to.kind === 'contact' ? calledAs.to.contact : undefined) === contact;
    return this.#newCall(await until('a call', () => this.engine.called.findLast(isHere)));
  }
}
