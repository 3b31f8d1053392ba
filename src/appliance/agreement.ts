import type { Block } from '../agreement/blocks.js';
import type { AgreementInForce } from '../agreement/decision.js';
import type { EvaluationRule } from '../agreement/evaluation.js';
import type { BoxClock } from '../gateway/clock.js';
import type { Log } from '../log/log.js';
import type { ClosureEvent } from '../monitoring/monitoring-event.js';
import type { AgreementFact } from '../store/agreement/agreement-fact.js';
import { AgreementStore } from '../store/agreement/agreement-store.js';
import type { AuditRecord } from '../store/audit/audit.js';
import { openBoxKey } from '../store/box-key.js';

/** What is kept of the agreement of this box, beside the record that says how far it had come. */
export const openAgreement = (folder: string, audit: AuditRecord): Promise<AgreementStore> =>
  AgreementStore.open(
    folder,
    async () => (await openBoxKey(folder, Date.now())).key,
    () => audit.agreement,
  );

/** The agreement by which the rules go; null where there is none, and where it is lost, which closes monitoring. */
export function inForce({ state }: AgreementStore, blocks: readonly Block[] = []): AgreementInForce | null {
  if (state.kind !== 'inForce') return null;
  const { hash, document } = state.agreement;
  return { hash, document, periods: state.periods, blocks };
}

/** What holds for sheets: null where they are not agreed on, undefined while that is not known. */
export function sheetRule({ state }: AgreementStore): EvaluationRule | null | undefined {
  if (state.kind === 'lost') return undefined;
  return state.kind === 'inForce' ? (state.agreement.document.evaluation ?? null) : null;
}

/** Whether members may make calls that nobody can listen to. */
export const letsCallPrivately = (agreement: AgreementInForce | null): boolean =>
  agreement?.document.privateCalls ?? false;

interface FollowedPlace {
  readonly store: AgreementStore;
  readonly audit: AuditRecord;
  readonly clock: BoxClock;
  readonly log: Log;
  dispatch(event: ClosureEvent): void;
  /** Lets the rules go by what is in force now. */
  apply(): void;
}

/** Keeps rules and record in step with what is kept of the agreement. */
export class FollowedAgreement {
  #isLost = false;

  constructor(private readonly place: FollowedPlace) {}

  get store(): AgreementStore {
    return this.place.store;
  }

  get clock(): BoxClock {
    return this.place.clock;
  }

  /** Call this once the box can close monitoring. */
  begin(): void {
    const { store, audit } = this.place;
    const { mark } = store;
    // The power may have failed before the record knew of its last change.
    if (store.state.kind === 'inForce' && mark !== null && audit.agreement?.serial !== mark.serial)
      this.#recordOrLog({ type: 'agreementFound', version: mark.version });
    else this.#remember();
    this.follow();
  }

  /** The disk may be read again. */
  async reread(): Promise<void> {
    await this.place.store.reread();
    this.begin();
  }

  record(fact: AgreementFact): Promise<void> {
    this.#remember();
    return this.place.audit.append(fact);
  }

  follow(): void {
    const { store, dispatch, apply, log } = this.place;
    const { state } = store;
    apply();
    if (state.kind === 'lost' && !this.#isLost) {
      this.#isLost = true;
      const { problem } = state;
      log.error({ code: 'agreementLost', problem }, 'the works agreement is not as it was left: monitoring is closed');
      dispatch({ type: 'closed', closure: 'agreementLost', endsRunning: true });
      this.#recordOrLog({ type: 'agreementLost', problem });
    }
    if (state.kind !== 'lost' && this.#isLost) {
      this.#isLost = false;
      dispatch({ type: 'reopened', closure: 'agreementLost' });
    }
  }

  #remember(): void {
    const { store, audit } = this.place;
    if (store.mark !== null && store.state.kind === 'inForce') audit.rememberAgreement(store.mark);
  }

  #recordOrLog(fact: AgreementFact): void {
    this.record(fact).catch((error: unknown) => this.place.log.error({ error }, 'the audit record cannot be written'));
  }
}
