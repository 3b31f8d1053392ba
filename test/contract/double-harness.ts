import type { Engine, TrunkAccount } from '../../src/engine/engine.js';
import type { ContactId, ExtensionNumber, LegId, TrunkId } from '../../src/primitives/ids.js';
import { contactId } from '../../src/primitives/ids.js';
import type { Digit } from '../../src/primitives/keys.js';
import type { NetworkTone } from '../../src/switchboard/network-tones.js';
import { SimulatedEngine } from '../doubles/engine.js';
import type { FarEnd as SimulatedFarEnd } from '../doubles/engine-leg.js';
import { until } from '../support/waiting.js';
import type { EngineHarness, FarCall, FarEnd, FarLine, FarPhone, Provider } from './engine-harness.js';
import { accountOf, extensions, passwordOf, trunk } from './engine-harness.js';

/** To which whoever is heard levelled is brought. */
const nominalDbfs = -23;

/** What is heard on one leg. */
class SimulatedEar implements FarEnd {
  readonly leg: LegId;
  protected readonly engine: SimulatedEngine;
  #dbfs = nominalDbfs;

  constructor(engine: SimulatedEngine, leg: LegId) {
    this.engine = engine;
    this.leg = leg;
  }

  get name(): string {
    return this.leg;
  }

  speak(dbfs: number): void {
    this.#dbfs = dbfs;
  }

  level(of: FarEnd): number | undefined {
    if (!(of instanceof SimulatedEar)) return undefined;
    const heard = this.engine.heardBy(this.leg).legs.get(of.leg);
    return heard && heard.gain + (heard.levelled ? nominalDbfs : of.#dbfs);
  }

  hearsBox(): boolean {
    return this.engine.heardBy(this.leg).playbacks.length > 0;
  }
}

class SimulatedLine extends SimulatedEar implements FarLine {
  readonly sound = { kind: 'socket', path: '/nonexistent' } as const;

  get digits(): string {
    return this.engine.channels.get(this.leg)?.digits.join('') ?? '';
  }

  async press(digits: string): Promise<void> {
    this.engine.sound(this.leg, ...([...digits] as Digit[]));
  }

  hearsTone(tone: NetworkTone): boolean {
    const items = this.engine.heardBy(this.leg).playbacks.flatMap((playback) => playback.items);
    return items.some((item) => item.kind === 'networkTone' && item.name === tone);
  }
}

class SimulatedCall extends SimulatedEar implements FarCall {
  readonly far: SimulatedFarEnd;

  constructor(engine: SimulatedEngine, far: SimulatedFarEnd) {
    super(engine, far.leg);
    this.far = far;
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

  fallSilent(): void {
    this.far.fallSilent();
  }

  override speak(dbfs: number): void {
    super.speak(dbfs);
    this.far.soundAgain();
  }

  async press(digits: string): Promise<void> {
    this.far.press(...([...digits] as Digit[]));
  }

  showIdentity(number: string): void {
    this.far.showIdentity(number);
  }

  get transfers() {
    return this.far.transfers;
  }

  async transferTo(number: string): Promise<void> {
    this.far.transferTo(number);
  }

  async transfer(to: FarCall): Promise<void> {
    if (!(to instanceof SimulatedCall)) throw new Error(`${to.name} is of another engine`);
    this.far.transfer(to.far);
  }
}

/** The simulated engine with phones on its extensions and somebody behind its trunk. */
export class SimulatedHarness implements EngineHarness {
  readonly engine: Engine;
  readonly channels: SimulatedEngine;
  readonly trunks = [simulatedTrunk(trunk, 'registering')];
  readonly #simulated = new SimulatedEngine({ playbacksEnd: 'whenTold' });
  #phones = 0;

  /** @param behind What the simulated engine is put behind; itself for nothing. */
  constructor(behind: (engine: SimulatedEngine) => Engine = (engine) => engine) {
    this.channels = this.#simulated;
    this.engine = behind(this.#simulated);
  }

  async start(): Promise<void> {
    await this.engine.start();
    this.engine.setExtensions(extensions.map((number) => accountOf(number)));
    this.engine.setTrunks(this.trunks);
    this.#simulated.trunkUp(trunk);
  }

  async register(extension: ExtensionNumber, password = passwordOf(extension)): Promise<FarPhone> {
    if (!this.#simulated.accounts.isRight(extension, password)) throw new Error('REGISTER was answered 403');
    this.#phones += 1;
    const contact = contactId(`${extension}-${this.#phones}`);
    this.#simulated.bind(extension, contact);
    const place = { kind: 'extension', number: extension } as const;
    return {
      call: async (dialled) => this.#newCall(this.#simulated.call(place, { number: extension, name: '' }, dialled)),
      incoming: () => this.#called(contact),
      unregister: async () => this.#simulated.unbind(extension, contact),
    };
  }

  async provider(id: TrunkId, kind: TrunkAccount['kind']): Promise<Provider> {
    const account = simulatedTrunk(id, kind);
    return {
      account,
      side: this.#sideOf(id),
      takePassword: (password) => ({ ...account, password }) as TrunkAccount,
      registered: async () => this.#simulated.trunkUp(id),
      unregistered: async () => {},
    };
  }

  async trunkSide(): Promise<FarPhone> {
    return this.#sideOf(trunk);
  }

  #sideOf(trunk: TrunkId): FarPhone {
    return {
      call: async (dialled) =>
        this.#newCall(this.#simulated.call({ kind: 'trunk', trunk }, { number: '', name: '' }, dialled)),
      incoming: () => this.#called(undefined),
      unregister: async () => {},
    };
  }

  async line(leg: LegId): Promise<FarLine> {
    return new SimulatedLine(this.#simulated, leg);
  }

  endPlaybacks(leg: LegId): void {
    this.#simulated.endPlaybacks(leg);
  }

  close(): Promise<void> {
    return this.engine.stop();
  }

  #newCall(far: SimulatedFarEnd): FarCall {
    return new SimulatedCall(this.#simulated, far);
  }

  async #called(contact: ContactId | undefined): Promise<FarCall> {
    const isHere = ({ calledAs, progress }: SimulatedFarEnd) =>
      progress === 'trying' && (calledAs?.to.kind === 'contact' ? calledAs.to.contact : undefined) === contact;
    return this.#newCall(await until('a call', () => this.#simulated.called.findLast(isHere)));
  }
}

function simulatedTrunk(id: TrunkId, kind: TrunkAccount['kind']): TrunkAccount {
  const place = { id, host: 'provider.test', port: 5060, transport: 'udp' } as const;
  if (kind === 'address') return { ...place, kind, addresses: ['192.0.2.1'] };
  return { ...place, kind, username: '4930555', password: passwordOf('4930555') };
}
