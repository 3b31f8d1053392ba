/** What every face of the appliance needs to speak to a person. */

export type { Language } from '../primitives/language.js';
export { AdminError } from '../store/admin-error.js';
export { closest, keysOfGroup } from '../store/files/file-faults.js';
