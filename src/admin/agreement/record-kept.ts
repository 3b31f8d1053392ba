import { AdminError } from '../../store/admin-error.js';
import type { AgreementFact } from '../../store/agreement/agreement-fact.js';

interface RecordingPlace {
  record(fact: AgreementFact): Promise<void>;
}

/**
 * Records what is kept on disk already, in this order.
 * @throws AdminError that says so, where the record cannot be written now: it takes these facts late, and what they tell of takes effect then.
 */
export async function recordKept(place: RecordingPlace, ...facts: readonly AgreementFact[]): Promise<void> {
  try {
    // All at once: one that cannot be written does not keep the others from being written late.
    await Promise.all(facts.map((fact) => place.record(fact)));
  } catch (cause) {
    throw new AdminError({ code: 'agreement.keptUnrecorded' }, { kind: 'unavailable', cause });
  }
}
