import { removeSetUp } from '../store/reset.js';
import { type AccessFact, byConsole } from './recording.js';

/** The files of a box that does not run. */
interface ResetPlace {
  readonly path: string;
  record(fact: AccessFact): Promise<void>;
}

/** Makes a box new to whoever sets it up; it stays the same box. What the audit record does not take does not happen. */
export async function resetFolder({ path, record }: ResetPlace): Promise<void> {
  await record({ type: 'boxReset', ...byConsole });
  await removeSetUp(path);
}
