import { z } from 'zod';
import { about } from './about.js';
import { rowOf } from './operation.js';

const state = z.object({
  version: z.string(),
  hardwareId: z.string().nullable(),
  phones: z.number(),
  trunksUp: z.number(),
  trunksDown: z.number(),
  calls: z.number(),
  moderators: z.number(),
  /** `lastGood`, `salvaged`: the settings could not be used at the start, and monitoring is closed. */
  settings: z.enum(['sound', 'lastGood', 'salvaged']),
  isLicensed: z.boolean(),
  privateForSeconds: z.number().nullable(),
});

/** What these operations need of the box. */
export interface StateBox {
  state(): z.input<typeof state>;
}

const row = rowOf<StateBox>();

/** How the box is. */
export const stateOperations = [
  row({
    name: 'state show',
    about: about('operation.state.show'),
    roles: ['read', 'council', 'moderator'],
    http: { method: 'GET', path: '/state' },
    input: z.strictObject({}),
    output: state,
    run: async (box) => box.state(),
  }),
];
