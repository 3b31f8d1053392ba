import type { Engine, EngineEvent } from '../engine/engine.js';
import type { Draw } from '../monitoring/drawn-call.js';
import type { PinCheck } from '../monitoring/pin-checks.js';
import type { AuditFact, DrawBegun, KeptState, LicenceClosure } from '../monitoring/records.js';
import type { Panel, PanelEvent } from '../panel/panel.js';
import type { ExtensionNumber, LegId } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import type { Handlings } from '../switchboard/handling/call-handling.js';
import type { OwnRecord } from '../switchboard/own-record.js';
import type { BoxState } from './box-state.js';
import type { Command } from './command.js';
import { desired } from './desired.js';
import type { Effect } from './effect.js';
import type { Executors } from './executors.js';
import { execute } from './executors.js';
import type { Log } from './log.js';
import { isLineEvent, type Observers } from './observers.js';
import type { Actual } from './plan.js';
import { nothing, plan, withLeg, withoutLeg, withoutPlayback } from './plan.js';
import { nextDeadline, transition } from './transition.js';
import { TroubleLog } from './trouble-log.js';
import type { Clock, Moment, World, WorldEvent } from './world.js';

/** What the gateway works with; every driver can be exchanged. */
export interface GatewayParts {
  readonly engine: Engine;
  readonly panel: Panel;
  readonly log: Log;
  /** The extension whose PIN this is, or null. Slow on purpose. */
  identify(pin: string): Promise<ExtensionNumber | null>;
  /** Resolves when the fact, and all facts before it, are safely recorded. */
  record(fact: AuditFact): Promise<void>;
  /** Records who can be drawn, as above, and says by the entry which of them it is. */
  draw(fact: DrawBegun): Promise<Draw>;
  /** Keeps lockouts, quotas and the button's privacy beyond a restart. */
  keep(state: KeptState): Promise<void>;
  /** Keeps what people want to happen with their calls beyond a restart. */
  keepHandlings(handlings: Handlings): Promise<void>;
  /** Reads what the audit record has of the listening to the calls of an extension. */
  ownRecord(extension: ExtensionNumber): Promise<OwnRecord>;
  /** Tells whoever holds the button how the box is. */
  reportState(state: BoxState): void;
  resetAdminPassword(): void;
  readonly observers: Observers;
  /** What the licence closes monitoring with at this very moment; null when it allows it. */
  licence(): LicenceClosure | null;
  readonly clock: () => Clock;
}

/** The longest delay that setTimeout takes; longer waits are split. */
const longestTimerMs = 2 ** 31 - 1;

/** The loop: event, rules, desired state, difference from the actual state, commands to the drivers. */
export class Gateway {
  readonly #parts: GatewayParts;
  readonly #commands: Executors<Command>;
  readonly #effects: Executors<Effect>;
  #world: World;
  #actual: Actual = nothing;
  /** The last fact of each session that is still on its way into the audit record. */
  readonly #unrecorded = new Map<number, AuditFact>();
  readonly #trouble: TroubleLog;
  #timer: NodeJS.Timeout | undefined;
  #licence: LicenceClosure | null = null;
  #isDispatching = false;
  #isStopped = false;

  constructor(parts: GatewayParts, world: World) {
    this.#parts = parts;
    this.#world = world;
    this.#trouble = new TroubleLog(parts.log);
    this.#commands = commandExecutors(parts, (check) => this.#checkPin(check));
    this.#effects = {
      note: ({ note }) => {
        parts.log.info({ note }, note.type);
        parts.observers.call(note);
      },
      record: ({ fact }) => this.#record(fact),
      reportState: ({ state }) => parts.reportState(state),
      resetAdminPassword: () => parts.resetAdminPassword(),
      keep: ({ state }) => this.#keep(state),
      keepHandlings: ({ handlings }) => this.#keepHandlings(handlings),
      sendDigit: ({ leg, digit }) => parts.engine.sendDigit(leg, digit),
      reportTransfer: ({ leg, progress }) => parts.engine.reportTransfer(leg, progress),
      readOwnRecord: ({ leg, extension }) => this.#readOwnRecord(leg, extension),
    };
    parts.engine.onEvent((event) => this.#onEngineEvent(event));
    parts.panel.onEvent((event) => this.#onPanelEvent(event));
  }

  /** The state of the rules, for display. */
  get world(): World {
    return this.#world;
  }

  /** The time by the rules' clock. */
  get now(): Instant {
    return this.#parts.clock().now;
  }

  /** Checks time and licence for the first time, and shows the initial state. */
  start(): void {
    this.dispatch({ type: 'tick' });
  }

  /** Ends all monitors, so that the record has their ends. Later events have no effect. */
  stop(): void {
    this.dispatch({ type: 'boxStops' });
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#trouble.stop();
  }

  #onEngineEvent(event: EngineEvent): void {
    const { log } = this.#parts;
    switch (event.type) {
      case 'rejected':
        this.#trouble.rejected(event);
        break;
      case 'callRefused':
        this.#trouble.callRefused(event);
        break;
      case 'trunkRefused':
        this.#trouble.trunkRefused(event);
        break;
      case 'publicName':
        this.#trouble.publicName(event);
        break;
      case 'trunkUp':
        this.#trouble.trunkUp(event.trunk);
        this.dispatch(event);
        break;
      case 'trunkDown':
        this.#trouble.trunkDown(event);
        this.dispatch(event);
        break;
      case 'overflow':
        log.warn(event, 'too many messages came at once, and some were dropped');
        break;
      case 'commandFailed':
        this.#trouble.commandFailed(event);
        break;
      case 'soundLost':
        log.warn(event, 'the sound of a line is not available');
        break;
      case 'soundFound':
        log.info(event, 'the sound of a line is there');
        break;
      default:
        this.dispatch(event);
    }
  }

  #onPanelEvent(event: PanelEvent): void {
    const { log } = this.#parts;
    if (event.type === 'button') this.dispatch(event);
    else if (event.type === 'fault') {
      log.warn(event, 'a part of the front panel does not work');
      if (event.part === 'button') this.dispatch({ type: 'buttonLost' });
    } else log.info(event, 'a part of the front panel works again');
  }

  /** Takes an event, from drivers and admins alike: there is no other way in. */
  dispatch(event: WorldEvent): void {
    if (this.#isStopped) return;
    if (this.#isDispatching) {
      this.#postpone(event);
      return;
    }
    this.#isDispatching = true;
    try {
      this.#handle(event);
    } finally {
      this.#isDispatching = false;
    }
  }

  /** Drivers never report within a command; if one did, its event must not change the world while commands are still being given. */
  #postpone(event: WorldEvent): void {
    this.#parts.log.error({ event: event.type }, 'an event came within the handling of another and has to wait');
    queueMicrotask(() => this.dispatch(event));
  }

  #handle(event: WorldEvent): void {
    this.#parts.log.trace({ event: loggable(event) }, 'event');
    this.#noteReality(event);
    const { world, effects } = transition(this.#world, event, this.#momentOf(event));
    this.#world = world;
    if (isLineEvent(event)) this.#parts.observers.line(event);
    for (const effect of effects) execute(this.#effects, effect);
    this.#bringAbout();
    this.#setTimer();
  }

  /** A licence matters to calls that begin, and ends with time: checking it at every event would cost more than it is worth. */
  #momentOf({ type }: WorldEvent): Moment {
    if (type === 'incoming' || type === 'monitorAskedFor' || type === 'tick') this.#licence = this.#parts.licence();
    return { ...this.#parts.clock(), licence: this.#licence };
  }

  #noteReality(event: WorldEvent): void {
    if (event.type === 'incoming') this.#actual = withLeg(this.#actual, event.leg);
    if (event.type === 'released') this.#actual = withoutLeg(this.#actual, event.leg);
    if (event.type === 'playbackEnded') this.#actual = withoutPlayback(this.#actual, event.playback);
  }

  #bringAbout(): void {
    const { commands, actual } = plan(this.#actual, desired(this.#world, this.now));
    this.#actual = actual;
    for (const command of commands) {
      // A PIN is never logged.
      if (!isUnlogged.has(command.kind)) this.#parts.log.debug({ command }, 'command');
      execute(this.#commands, command);
    }
  }

  #checkPin({ leg, check, pin }: PinCheck): void {
    const answer = (moderator: ExtensionNumber | null) => this.dispatch({ type: 'pinChecked', leg, check, moderator });
    this.#parts.identify(pin).then(answer, (error: unknown) => {
      this.#parts.log.error({ error }, 'a PIN could not be checked and counts as wrong');
      answer(null);
    });
  }

  #record(fact: AuditFact): void {
    this.#parts.log.info({ monitoring: fact }, fact.type);
    this.#unrecorded.set(fact.session, fact);
    const recorded = fact.type === 'drawBegun' ? this.#draw(fact) : this.#parts.record(fact);
    recorded.then(
      () => this.#recorded(fact),
      (error: unknown) => this.#recordFailed(fact, error),
    );
  }

  async #draw(fact: DrawBegun): Promise<void> {
    const drawn = await this.#parts.draw(fact);
    this.dispatch({ type: 'drawn', session: fact.session, ...drawn });
  }

  /** Facts are recorded in order, so the last one of a session stands for all of them. */
  #recorded(fact: AuditFact): void {
    const { session } = fact;
    if (this.#unrecorded.get(session) !== fact) return;
    this.#unrecorded.delete(session);
    this.dispatch({ type: 'recorded', session });
  }

  /** What cannot be recorded must not happen. Logged once, because those who are turned away meanwhile cannot be recorded either. */
  #recordFailed(fact: AuditFact, error: unknown): void {
    if (this.#unrecorded.get(fact.session) === fact) this.#unrecorded.delete(fact.session);
    if (this.#world.monitoring.closures.has('recordUnavailable')) return;
    this.#parts.log.error({ error, fact }, 'the audit record cannot be written: monitoring is closed until it can');
    this.dispatch({ type: 'closed', closure: 'recordUnavailable', endsRunning: true });
  }

  /** Keeps what must survive a restart, as it is now. */
  keep(): Promise<void> {
    const { monitoring, frontPanel } = this.#world;
    return this.#keep({ ...monitoring.records, privateUntil: frontPanel.blockedUntil });
  }

  #keep(state: KeptState): Promise<void> {
    return this.#parts.keep(state).catch((error: unknown) => {
      this.#parts.log.error({ error }, 'lockouts, quotas and privacy cannot be saved; they hold until a restart');
    });
  }

  /** Whoever has changed one hears it confirmed only then. On a disk that takes nothing it counts all the same, until a restart. */
  #keepHandlings(handlings: Handlings): void {
    const kept = () => this.dispatch({ type: 'handlingsKept', serial: handlings.serial });
    this.#parts.keepHandlings(handlings).then(kept, (error: unknown) => {
      this.#parts.log.error({ error }, 'forwarding and do not disturb cannot be saved; they hold until a restart');
      kept();
    });
  }

  #readOwnRecord(leg: LegId, extension: ExtensionNumber): void {
    const answer = (record: OwnRecord | null) => this.dispatch({ type: 'ownRecordRead', leg, record });
    this.#parts.ownRecord(extension).then(answer, (error: unknown) => {
      this.#parts.log.error({ error }, 'the audit record cannot be read for a member');
      answer(null);
    });
  }

  #setTimer(): void {
    clearTimeout(this.#timer);
    const clock = this.#parts.clock();
    const deadline = nextDeadline(this.#world, clock);
    if (deadline === undefined) return;
    const wait = Math.min(longestTimerMs, Math.max(0, deadline - clock.now));
    this.#timer = setTimeout(() => this.dispatch({ type: 'tick' }), wait);
  }
}

/** Commands that are too frequent to log, or contain a PIN. */
const isUnlogged: ReadonlySet<Command['kind']> = new Set(['checkPin', 'show', 'probe']);

/** Digits may belong to a PIN, so they are never logged; settings are in the record of their change. */
function loggable(event: WorldEvent): object {
  if (event.type === 'settingsChanged') return { type: event.type };
  if (event.type === 'monitorAskedFor') return { ...event, pin: event.pin === null ? null : 'hidden' };
  return event.type === 'digit' ? { type: event.type, leg: event.leg } : event;
}

function commandExecutors(
  { engine, panel, observers }: GatewayParts,
  checkPin: (check: PinCheck) => void,
): Executors<Command> {
  return {
    dial: ({ leg, to, callerId, caller }) => engine.dial(leg, to, callerId, caller),
    ring: ({ leg }) => engine.ring(leg),
    openEarlyMedia: ({ leg }) => engine.openEarlyMedia(leg),
    answer: ({ leg }) => engine.answer(leg),
    release: ({ leg, cause }) => engine.release(leg, cause),
    connect: ({ edge }) => engine.connect(edge),
    setVolume: ({ edge }) => engine.setVolume(edge),
    disconnect: ({ edge: { from, to } }) => engine.disconnect(from, to),
    play: ({ playback }) => engine.play(playback),
    stopPlayback: ({ leg, playback }) => engine.stopPlayback(leg, playback),
    probe: ({ probe: { leg, probe } }) => engine.probe(leg, probe),
    show: ({ lamps }) => {
      panel.show(lamps);
      observers.lamps(lamps);
    },
    showBusy: ({ subject, lamp }) => engine.showBusy(subject, lamp),
    checkPin: ({ check }) => checkPin(check),
  };
}
