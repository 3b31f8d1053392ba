import type { Log } from '../log/log.js';
import type { ClosureEvent } from '../monitoring/monitoring-event.js';
import type { BoxFact } from '../store/audit/audit-entry.js';
import type { SettingsInUse } from '../store/settings/settings-in-use.js';

interface HealthPlace {
  record(fact: BoxFact): Promise<void>;
  dispatch(event: ClosureEvent): void;
  readonly log: Log;
}

/** Whether the box follows its settings, or what a start found in place of unusable ones. */
export type SettingsState = 'sound' | 'lastGood' | 'salvaged';

/** Settings that were unusable at the start keep monitoring closed until there are good ones again. */
export class SettingsHealth {
  #state: SettingsState;

  constructor(
    { from }: Pick<SettingsInUse, 'from'>,
    private readonly place: HealthPlace,
  ) {
    this.#state = from === 'lastGood' || from === 'salvaged' ? from : 'sound';
  }

  get state(): SettingsState {
    return this.#state;
  }

  /** Call this once the box can close monitoring. */
  begin(): void {
    if (this.#state === 'sound') return;
    this.place.dispatch({ type: 'closed', closure: 'settingsLost', endsRunning: true });
    this.#record({ type: 'settingsLost', instead: this.#state });
  }

  /** The file has good settings, and the box follows them. */
  found(): void {
    if (this.#state === 'sound') return;
    this.#state = 'sound';
    this.place.log.warn(
      { code: 'settingsFound' },
      'there are good settings again: they do not close monitoring any more',
    );
    this.#record({ type: 'settingsFound' });
    this.place.dispatch({ type: 'reopened', closure: 'settingsLost' });
  }

  #record(fact: BoxFact): void {
    this.place
      .record(fact)
      .catch((error: unknown) => this.place.log.error({ error, fact }, 'the audit record cannot be written'));
  }
}
