import { AdminError } from '../store/admin-error.js';

/** Something is the matter with the box's identity. */
export class IdentityError extends AdminError {}
