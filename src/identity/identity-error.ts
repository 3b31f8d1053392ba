import { AdminError } from '../store/admin-error.js';

/** Something is wrong with the box's identity. */
export class IdentityError extends AdminError {}

/** A system error about a disk or a file of the kernel, as an error for an admin; one that already is stays as it is. */
export async function readable<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AdminError || !(error instanceof Error)) throw error;
    throw new IdentityError({ code: 'identity.notReadable', params: { reason: error.message } }, { cause: error });
  }
}
