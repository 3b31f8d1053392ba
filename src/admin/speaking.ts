/** What every face of the appliance needs to speak to a person. */
export { AdminError } from '../store/admin-error.js';
export type { Language } from '../switchboard/wishes.js';
