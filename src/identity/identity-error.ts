import { AdminError } from '../store/admin-error.js';

/** Something is wrong with the box's identity. */
export class IdentityError extends AdminError {}

/** What the system says of a disk or a file of the kernel, in words for an admin; what is said already stays. */
export async function readable<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AdminError || !(error instanceof Error)) throw error;
    throw new IdentityError({ code: 'identity.notReadable', params: { reason: error.message } }, { cause: error });
  }
}
