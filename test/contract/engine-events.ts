import { expect } from 'vitest';
import type { Engine, EngineEvent } from '../../src/engine/engine.js';
import type { LegId } from '../../src/primitives/ids.js';
import type { LegEvent } from '../../src/switchboard/events.js';
import { until } from '../support/waiting.js';

type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { readonly type: Type }>;

/** Everything an engine reports, and a watch over the promises that hold for all events. */
export class EngineEvents {
  readonly all: EngineEvent[] = [];
  readonly #engine: Engine;
  #isInCommand = false;

  constructor(engine: Engine) {
    this.#engine = engine;
    engine.onEvent((event) => {
      expect(this.#isInCommand, `${event.type} came within the call of a command`).toBe(false);
      this.all.push(event);
    });
  }

  /** Gives a command. */
  command(give: (engine: Engine) => void): void {
    this.#isInCommand = true;
    give(this.#engine);
    this.#isInCommand = false;
  }

  of(leg: LegId): readonly EngineEvent[] {
    return this.all.filter((event) => 'leg' in event && event.leg === leg);
  }

  /** Types of the events of a leg that tell how its call goes. */
  storyOf(leg: LegId): readonly string[] {
    return this.of(leg).map(({ type }) => type);
  }

  /** Waits for an event that has come, or is to come, after so many others. */
  next<Type extends EngineEvent['type']>(
    type: Type,
    fits: (event: EventOf<Type>) => boolean = () => true,
    after = 0,
  ): Promise<EventOf<Type>> {
    const isIt = (event: EngineEvent): event is EventOf<Type> => event.type === type && fits(event as EventOf<Type>);
    return until(
      () => `${type}, got ${this.all.slice(after).map((event) => event.type)}`,
      () => this.all.slice(after).find(isIt),
    );
  }

  onLeg(type: LegEvent['type'], leg: LegId): Promise<EngineEvent> {
    return until(
      () => `${type} on ${leg}, got ${this.storyOf(leg)}`,
      () => this.of(leg).find((event) => event.type === type),
    );
  }
}
