import { AdminError } from '../store/admin-error.js';

/** Something is wrong with the box's identity. */
export class IdentityError extends AdminError {}
