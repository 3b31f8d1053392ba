/** What every face of the appliance has to tell apart of what can go wrong. */

export { AdminError, type ErrorKind } from '../store/admin-error.js';
export { SettingsConflict } from '../store/settings/settings-store.js';
