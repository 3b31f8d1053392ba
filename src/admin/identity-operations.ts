import { z } from 'zod';
import { about } from './about.js';
import type { IdentityAdmin } from './identity-admin.js';
import { rowOf, secret } from './operation.js';
import { byOf, type RecordingBox } from './recording.js';

/** What these operations need of the box. Restoring is for a box that does not run. */
export interface IdentityBox extends RecordingBox {
  readonly identity: Pick<IdentityAdmin, 'show' | 'backUp'>;
}

const row = rowOf<IdentityBox>();

/** What the hardware ID is made from. */
export const identityOperations = [
  row({
    name: 'identity show',
    about: about('operation.identity.show'),
    roles: ['read'],
    http: { method: 'GET', path: '/identity' },
    input: z.strictObject({}),
    output: z.object({
      hardwareId: z.string(),
      board: z.string().nullable(),
      /** Path of the private key that the hardware ID is made from. */
      hostKey: z.string(),
    }),
    run: async ({ identity }) => identity.show(),
  }),
  row({
    name: 'identity backup',
    about: about('operation.identity.backup'),
    roles: ['admin'],
    http: { method: 'POST', path: '/identity/backup' },
    isForPersons: true,
    // How long a passphrase has to be is said in words of its own.
    input: z.strictObject({ passphrase: secret(z.string().max(500)) }),
    output: z.string().meta({ contentMediaType: 'text/plain' }),
    async run(box, { passphrase }, caller) {
      const sealed = await box.identity.backUp(passphrase);
      box.record({ type: 'identityBackedUp', ...byOf(caller) });
      return sealed;
    },
  }),
];
