import type { Engine, EngineEvent } from '../engine/engine.js';
import type { ButtonAction } from '../indication/button.js';
import type { AuditFact, KeptState } from '../monitoring/records.js';
import type { Panel, PanelEvent } from '../panel/panel.js';
import type { ExtensionNumber } from '../primitives/ids.js';
import type { Instant } from '../primitives/time.js';
import type { Signal } from '../switchboard/leg-commands.js';
import type { Command } from './command.js';
import { desired } from './desired.js';
import type { Log } from './log.js';
import type { Actual } from './plan.js';
import { nothing, plan, withLeg, withoutLeg, withoutPlayback } from './plan.js';
import { nextDeadline, transition } from './transition.js';
import { TroubleLog } from './trouble-log.js';
import type { Clock, World, WorldEvent, WorldStep } from './world.js';

/** What the gateway works with; every part is a driver that can be exchanged. */
export interface GatewayParts {
  readonly engine: Engine;
  readonly panel: Panel;
  readonly log: Log;
  /** Whose PIN this is; null when it is nobody's. Slow on purpose. */
  identify(pin: string): Promise<ExtensionNumber | null>;
  /** Resolves when the fact, and all before it, are safely recorded. */
  record(fact: AuditFact): Promise<void>;
  /** Keeps lockouts, quotas and the button's privacy beyond a restart. */
  keep(state: KeptState): Promise<void>;
  /** Carries out what a press of the button asks for beyond the rules. */
  onButton(action: ButtonAction): void;
  /** Called before each new call comes in, for what depends on this very moment: whether a licence is still valid. */
  beforeCall(): void;
  readonly clock: () => Clock;
}

/** setTimeout takes at most 2^31-1 ms; longer waits are cut into pieces. */
const longestTimerMs = 2 ** 31 - 1;

/** The loop: an event in, the rules, what they desire, the difference to what is, and the steps that bring it about. */
export class Gateway {
  readonly #parts: GatewayParts;
  readonly #clock: () => Clock;
  #world: World;
  #actual: Actual = nothing;
  /** The last fact of each session that is still on its way into the audit record. */
  readonly #unrecorded = new Map<number, AuditFact>();
  readonly #trouble: TroubleLog;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(parts: GatewayParts, world: World) {
    this.#parts = parts;
    this.#clock = parts.clock;
    this.#world = world;
    this.#trouble = new TroubleLog(parts.log);
    parts.engine.onEvent((event) => this.#onEngineEvent(event));
    parts.panel.onEvent((event) => this.#onPanelEvent(event));
  }

  /** The state of the rules, for those who show it. */
  get world(): World {
    return this.#world;
  }

  /** By the clock that the rules go by. */
  get now(): Instant {
    return this.#clock().now;
  }

  /** Shows the state of the beginning, before any event. */
  start(): void {
    this.#bringAbout();
  }

  /** Ends all monitors, so that the record has their ends. No event has any effect from now on. */
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
      case 'overflow':
        log.warn(event, 'more messages came at once than are looked at, and the rest was left out');
        break;
      case 'commandFailed':
        log.warn(event, 'the engine could not carry out a command');
        break;
      case 'incoming':
        this.#parts.beforeCall();
        this.dispatch(event);
        break;
      case 'soundLost':
        log.warn(event, 'the sound of a line cannot be had');
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

  /** Puts an event in: whatever happens comes in this way, from drivers and admins alike. */
  dispatch(event: WorldEvent): void {
    if (this.#isStopped) return;
    this.#logEvent(event);
    this.#noteReality(event);
    const before = this.#world;
    const step = transition(before, event, this.#clock());
    this.#world = step.world;
    this.#report(step);
    if (step.action) this.#parts.onButton(step.action);
    if (isToBeKept(before, step.world)) void this.keep();
    for (const signal of step.signals) this.#signal(signal);
    this.#bringAbout();
    this.#setTimer();
  }

  #noteReality(event: WorldEvent): void {
    if (event.type === 'incoming') this.#actual = withLeg(this.#actual, event.leg);
    if (event.type === 'released') this.#actual = withoutLeg(this.#actual, event.leg);
    if (event.type === 'playbackEnded') this.#actual = withoutPlayback(this.#actual, event.playback);
  }

  #bringAbout(): void {
    const { commands, actual } = plan(this.#actual, desired(this.#world, this.#clock().now));
    this.#actual = actual;
    for (const command of commands) this.#execute(command);
  }

  #execute(command: Command): void {
    if (command.kind === 'checkPin') this.#checkPin(command.check);
    else if (command.kind === 'show') this.#parts.panel.show(command.lamps);
    else if (command.kind === 'probe') this.#parts.engine.probe(command.probe.leg, command.probe.probe);
    else {
      this.#parts.log.debug({ command }, 'command');
      executeOn(this.#parts, command);
    }
  }

  #signal(signal: Signal): void {
    const { engine } = this.#parts;
    if (signal.type === 'digit') engine.sendDigit(signal.leg, signal.digit);
    else engine.reportTransfer(signal.leg, signal.progress);
  }

  #checkPin({ leg, check, pin }: Extract<Command, { kind: 'checkPin' }>['check']): void {
    const answer = (moderator: ExtensionNumber | null) => this.dispatch({ type: 'pinChecked', leg, check, moderator });
    this.#parts.identify(pin).then(answer, (error: unknown) => {
      this.#parts.log.error({ error }, 'a PIN could not be checked and counts as wrong');
      answer(null);
    });
  }

  #report({ facts, notes }: WorldStep): void {
    const { log } = this.#parts;
    for (const note of notes) log.info({ note }, note.type);
    for (const fact of facts) {
      log.info({ monitoring: fact }, fact.type);
      this.#unrecorded.set(fact.session, fact);
      this.#parts.record(fact).then(
        () => this.#recorded(fact),
        (error: unknown) => this.#recordFailed(fact, error),
      );
    }
  }

  /** Facts are recorded in their order, so that the last one of a session stands for all of them. */
  #recorded(fact: AuditFact): void {
    const { session } = fact;
    if (this.#unrecorded.get(session) !== fact) return;
    this.#unrecorded.delete(session);
    this.dispatch({ type: 'recorded', session });
  }

  /** What cannot be recorded must not happen. Said once, for whoever is turned away meanwhile cannot be recorded either. */
  #recordFailed(fact: AuditFact, error: unknown): void {
    if (this.#unrecorded.get(fact.session) === fact) this.#unrecorded.delete(fact.session);
    if (this.#world.monitoring.closures.has('recordUnavailable')) return;
    this.#parts.log.error({ error, fact }, 'the audit record cannot be written: monitoring is closed until it can');
    this.dispatch({ type: 'closed', closure: 'recordUnavailable', endsRunning: true });
  }

  /** Keeps what must survive a restart, as it is now. */
  keep(): Promise<void> {
    const { monitoring, frontPanel } = this.#world;
    return this.#parts
      .keep({ ...monitoring.records, privateUntil: frontPanel.blockedUntil })
      .catch((error: unknown) => {
        this.#parts.log.error({ error }, 'lockouts, quotas and privacy cannot be saved; they hold until a restart');
      });
  }

  #setTimer(): void {
    clearTimeout(this.#timer);
    const clock = this.#clock();
    const deadline = nextDeadline(this.#world, clock);
    if (deadline === undefined) return;
    const wait = Math.min(longestTimerMs, Math.max(0, deadline - clock.now));
    this.#timer = setTimeout(() => this.dispatch({ type: 'tick' }), wait);
  }

  #logEvent(event: WorldEvent): void {
    this.#parts.log.trace({ event: withoutDigit(event) }, 'event');
  }
}

function isToBeKept(before: World, after: World): boolean {
  return (
    after.monitoring.records !== before.monitoring.records ||
    after.frontPanel.blockedUntil !== before.frontPanel.blockedUntil
  );
}

/** Digits may be a PIN: which one it was is never logged. */
function withoutDigit(event: WorldEvent): object {
  return event.type === 'digit' ? { type: event.type, leg: event.leg } : event;
}

function executeOn({ engine }: GatewayParts, command: Exclude<Command, { kind: 'checkPin' | 'show' | 'probe' }>): void {
  switch (command.kind) {
    case 'dial':
      engine.dial(command.leg, command.to, command.callerId, command.caller);
      break;
    case 'ring':
      engine.ring(command.leg);
      break;
    case 'openEarlyMedia':
      engine.openEarlyMedia(command.leg);
      break;
    case 'answer':
      engine.answer(command.leg);
      break;
    case 'release':
      engine.release(command.leg, command.cause);
      break;
    case 'connect':
      engine.connect(command.edge);
      break;
    case 'setVolume':
      engine.setVolume(command.edge);
      break;
    case 'disconnect':
      engine.disconnect(command.edge.from, command.edge.to);
      break;
    case 'play':
      engine.play(command.playback);
      break;
    case 'stopPlayback':
      engine.stopPlayback(command.leg, command.playback);
      break;
  }
}
