import { onTestFinished } from 'vitest';
import { MonitorFacts } from '../../../src/admin/live/monitor-facts.js';
import type { BoxState } from '../../../src/gateway/box-state.js';
import { Gateway } from '../../../src/gateway/gateway.js';
import { lineLog } from '../../../src/gateway/line-log.js';
import { untouchedPanel } from '../../../src/indication/front-panel.js';
import type { Lamps } from '../../../src/indication/lamps.js';
import { AnalogLegs } from '../../../src/lines/analog-legs.js';
import type { AnalogSettings } from '../../../src/lines/analog-settings.js';
import type { Line } from '../../../src/lines/line.js';
import { emptyMonitoring } from '../../../src/monitoring/monitoring.js';
import type { LocalTime, MonitoringPolicy } from '../../../src/monitoring/profile.js';
import type { AuditFact, KeptState, LicenceClosure } from '../../../src/monitoring/records.js';
import type { ExtensionNumber, PortId } from '../../../src/primitives/ids.js';
import type { Digit } from '../../../src/primitives/keys.js';
import type { Origin } from '../../../src/switchboard/dial-plan.js';
import type { LineEvent } from '../../../src/switchboard/events.js';
import type { Handlings } from '../../../src/switchboard/handling/call-handling.js';
import { everybodyThere } from '../../../src/switchboard/liveness.js';
import type { OwnRecord } from '../../../src/switchboard/own-record.js';
import type { CallNote } from '../../../src/switchboard/state.js';
import { emptySwitchboard } from '../../../src/switchboard/state.js';
import { SimulatedEngine } from '../../doubles/engine.js';
import type { FarEnd } from '../../doubles/engine-leg.js';
import { SimulatedPanel } from '../../doubles/panel.js';
import { noon, noRecords, openPolicy } from '../monitoring/desk.js';
import { anna, ben, cara, inside, mona, office, phone } from '../switchboard/office.js';

export interface HouseOptions {
  readonly policy?: MonitoringPolicy;
  readonly playbacksEnd?: 'atOnce' | 'whenTold';
  /** The telephones and exchanges on the analog ports, and what hangs there. */
  readonly analog?: { readonly lines: ReadonlyMap<PortId, Line>; readonly settings: AnalogSettings };
  /** For how long a press of the button keeps monitoring closed. */
  readonly privacyMs?: number;
  /** The calendar; it is always the same noon otherwise. */
  readonly calendar?: (now: number) => LocalTime;
  /** Waits for the slow comparison of a PIN. */
  readonly comparing?: () => Promise<void>;
}

/** Whose PIN is which, in the house. */
const pins: Readonly<Record<string, ExtensionNumber>> = { '1234': mona, '5678': cara };

/** The whole box over the simulated engine, with a phone on every extension and a clock that only moves when told. */
export class House {
  now = 1_000_000_000;
  /** Whether the audit record can be written. */
  canRecord = true;
  /** Whether the disk is busy: facts are recorded only once it is done. */
  isDiskBusy = false;
  readonly #waiting: (() => void)[] = [];
  readonly engine: SimulatedEngine;
  readonly legs: AnalogLegs;
  readonly panel = new SimulatedPanel();
  readonly gateway: Gateway;
  readonly facts: AuditFact[] = [];
  /** Tells facts as they are noted, before they are recorded. */
  readonly noted = new MonitorFacts();
  readonly kept: KeptState[] = [];
  readonly keptHandlings: Handlings[] = [];
  /** What was reported of the box to whoever held its button. */
  readonly reports: BoxState[] = [];
  /** Which candidate is drawn next; the first where nothing is said. */
  readonly draws: number[] = [];
  /** What the record has of the listening to whose calls. */
  readonly ownRecords = new Map<ExtensionNumber, OwnRecord>();
  passwordResets = 0;
  readonly notes: CallNote[] = [];
  readonly lineEvents: LineEvent[] = [];
  readonly lampsSeen: Lamps[] = [];
  /** Warnings and errors of the log. */
  readonly complaints: string[] = [];
  /** What the licence closes monitoring with. */
  licence: LicenceClosure | null = null;
  /** Everything in the log, as text. */
  readonly logged: string[] = [];

  static async open(options: HouseOptions = {}): Promise<House> {
    const house = new House(options);
    // Its timer would fire in a later test, on a busy machine, and be taken for one of another house.
    onTestFinished(() => {
      house.gateway.stop();
      return house.legs.stop();
    });
    await house.legs.start();
    await house.panel.start();
    house.gateway.start();
    for (const extension of [anna, ben, cara, mona]) house.engine.bind(extension, phone(extension));
    await house.settle();
    return house;
  }

  private constructor({
    policy = openPolicy,
    playbacksEnd = 'atOnce',
    analog,
    comparing,
    privacyMs = 60_000,
    calendar = () => noon,
  }: HouseOptions) {
    this.engine = new SimulatedEngine({ playbacksEnd });
    const says = (fields: object, text: string) => this.logged.push(`${text} ${JSON.stringify(fields)}`);
    const complains = (fields: object, text: string) => this.complaints.push(`${text} ${JSON.stringify(fields)}`);
    const log = { trace: says, debug: says, info: says, warn: complains, error: complains };
    this.legs = new AnalogLegs({
      engine: this.engine,
      openLine: ({ settings: { port } }) => analog?.lines.get(port),
      settings: analog?.settings ?? { phones: [], trunks: [] },
      language: policy.language,
      now: () => this.now,
      onReport: lineLog(log),
    });
    this.gateway = new Gateway(
      {
        engine: this.legs,
        panel: this.panel,
        log,
        identify: async (pin) => {
          await comparing?.();
          return pins[pin] ?? null;
        },
        record: async (fact) => {
          this.noted.tell(fact);
          await this.#diskTakes();
          this.facts.push(fact);
        },
        draw: async (fact) => {
          this.noted.tell(fact);
          await this.#diskTakes();
          this.facts.push(fact);
          const draw = this.facts.length;
          return { draw, index: this.draws.shift() ?? 0 };
        },
        ownRecord: async (extension) => {
          await this.#diskTakes();
          return this.ownRecords.get(extension) ?? { timesThisMonth: 0, latest: [] };
        },
        keep: async (records) => {
          this.kept.push(records);
        },
        keepHandlings: async (handlings) => {
          await this.#diskTakes();
          this.keptHandlings.push(handlings);
        },
        reportState: (state) => this.reports.push(state),
        resetAdminPassword: () => {
          this.passwordResets += 1;
        },
        observers: {
          call: (note) => this.notes.push(note),
          line: (event) => this.lineEvents.push(event),
          lamps: (lamps) => this.lampsSeen.push(lamps),
        },
        licence: () => this.licence,
        clock: () => ({ now: this.now, local: calendar(this.now), nextMinute: this.now + 60_000 }),
      },
      {
        switchboard: emptySwitchboard(office),
        monitoring: emptyMonitoring(policy, noRecords),
        frontPanel: untouchedPanel(privacyMs),
        liveness: everybodyThere,
        protections: new Map(),
      },
    );
  }

  async #diskTakes(): Promise<void> {
    if (this.isDiskBusy) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    if (!this.canRecord) throw new Error('disk full');
  }

  /** Waits until nothing more follows from what has happened. */
  settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /** The disk has written all that waited for it, or the oldest of it, and goes on being as busy as it was. */
  async diskWrites(count = this.#waiting.length): Promise<void> {
    for (const resolve of this.#waiting.splice(0, count)) resolve();
    await this.settle();
  }

  async passes(ms: number): Promise<void> {
    this.now += ms;
    this.legs.tick();
    this.gateway.dispatch({ type: 'tick' });
    await this.settle();
  }

  /** Somebody dials; `number` is what the phone shows as its own. */
  async dials(origin: Origin, dialled: string, number = ''): Promise<FarEnd> {
    const far = this.engine.call(origin, { number, name: '' }, dialled);
    await this.settle();
    return far;
  }

  /** The phone of the extension, or the far end of the trunk, that is being called. */
  calledAt(to: ExtensionNumber | 'trunk'): FarEnd {
    const found = this.engine.called.findLast(({ calledAs }) =>
      calledAs?.to.kind === 'contact' ? calledAs.to.extension === to : to === 'trunk',
    );
    if (!found) throw new Error(`nobody calls ${to}`);
    return found;
  }

  /** Two extensions talk to each other. */
  async talk(from: ExtensionNumber, to: ExtensionNumber): Promise<{ caller: FarEnd; callee: FarEnd }> {
    const caller = await this.dials(inside(from), to);
    const callee = this.calledAt(to);
    callee.answer();
    await this.settle();
    return { caller, callee };
  }

  /** Mona dials in and keys what is given, each key once everything before it has been done. */
  async moderator(keys: string, origin: Origin = inside(mona)): Promise<FarEnd> {
    const far = await this.dials(origin, origin.kind === 'extension' ? '*90' : '493055590');
    await this.press(far, keys);
    return far;
  }

  async press(far: FarEnd, keys: string): Promise<void> {
    for (const key of keys) {
      far.press(key as Digit);
      await this.settle();
    }
  }

  async does(action: () => void): Promise<void> {
    action();
    await this.settle();
  }

  /** Which of the others this one hears, sorted. */
  hears({ leg }: Pick<FarEnd, 'leg'>): readonly string[] {
    return [...this.engine.heardBy(leg).legs.keys()].sort();
  }

  /** What the box itself plays to this one, in names. */
  isTold(far: Pick<FarEnd, 'leg'>): readonly string[] {
    return this.engine
      .heardBy(far.leg)
      .playbacks.flatMap(({ items }) => items.map((item) => ('name' in item ? item.name : item.kind)));
  }

  get factTypes(): readonly string[] {
    return this.facts.map(({ type }) => type);
  }
}
