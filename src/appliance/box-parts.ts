import { LicenceAdmin, type LicensedBox } from '../admin/licence-admin.js';
import type { LicenceBox } from '../admin/licence-operations.js';

/** What these parts of the box are made of. */
export interface PartsPlace {
  readonly licensed: LicensedBox;
}

/** Parts of the box that only those need who ask for something: none of it is loaded before telephony runs. */
export const boxParts = ({ licensed }: PartsPlace): Pick<LicenceBox, 'licences'> => ({
  licences: new LicenceAdmin(licensed),
});
