import { z } from 'zod';
import type { Language } from '../primitives/language.js';
import { about } from './about.js';
import { detailText } from './audit/audit-texts.js';
import { waitingRestart } from './box-operations.js';
import { rowOf } from './operation.js';

const pattern = z.enum(['dark', 'steady', 'slowBlink', 'fastBlink', 'doubleBlink']);

const shown = z.object({
  version: z.string(),
  hardwareId: z.string().nullable(),
  uptimeSeconds: z.number(),
  /** By the clock of the box; `clock` says whether that is right. */
  time: z.iso.datetime(),
  clock: z.enum(['set', 'behind', 'notSet']),
  /** IP addresses of the box, without loopback. */
  addresses: z.array(z.string()),
  lamps: z.object({ monitor: pattern, status: pattern }),
  phones: z.number(),
  trunksUp: z.number(),
  trunksDown: z.number(),
  calls: z.number(),
  moderators: z.number(),
  /** Moderators who are in a call at the moment. */
  monitors: z.number(),
  /** Moderators who ask to be let into a call. */
  asking: z.number(),
  /** `lastGood`, `salvaged`: the settings could not be used at the start, and monitoring is closed. */
  settings: z.enum(['sound', 'lastGood', 'salvaged']),
  /** What else closes monitoring for everybody. */
  closures: z.array(z.string()),
  isLicensed: z.boolean(),
  privateForSeconds: z.number().nullable(),
  /** The restart that waits for calls to end. */
  restart: waitingRestart.nullable(),
});

/** How full the disk of the data folder is. */
const disk = z.object({ usedPercent: z.number(), freeMegabytes: z.number() });

const fault = z.object({ code: z.string(), text: z.string() });
export type Fault = z.output<typeof fault>;

/** What is found by looking. */
export interface Looked {
  /** Null where that is not known. */
  readonly disk: z.input<typeof disk> | null;
  /** What is wrong with the box, and what to do about it. */
  readonly faults: readonly Fault[];
}

/** What these operations need of the box. */
export interface StateBox {
  state(): z.input<typeof shown>;
  /** Looks at the disk, too. */
  looked(language: Language): Promise<Looked>;
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
    output: shown.extend({
      disk: disk.nullable(),
      /** What is wrong with the box, for those who look after it; null for others. */
      faults: z.array(fault).nullable(),
      /** `closures` in words. */
      words: z.object({ closures: z.array(z.string()) }),
    }),
    async run(box, _input, { roles, language }) {
      const maySee = roles.has('admin') || roles.has('read');
      const state = box.state();
      const { disk, faults } = await box.looked(language);
      const closures = state.closures.map((closure) => detailText('reason', closure, language));
      return { ...state, disk, faults: maySee ? [...faults] : null, words: { closures } };
    },
  }),
];
