import { z } from 'zod';
import type { UnixTime } from '../../primitives/time.js';
import { AdminError } from '../../store/admin-error.js';
import { about } from '../about.js';
import type { LiveBox } from '../live/live-operations.js';
import { rowOf } from '../operation.js';
import type { SettingsBox } from '../settings/settings-change.js';
import type { StateBox } from '../state-operations.js';
import { type DemoPair, demoPairIn } from './demo-pair.js';
import { missingIn, setUpParts } from './missing.js';

/** Two built-in phones that talk to each other in the place of two extensions. */
export interface DemoCall {
  /** Whether this box has such phones. */
  readonly isPossible: boolean;
  /** Null while they do not talk. */
  readonly pair: DemoPair | null;
  /** When they hang up by themselves; null where they do not talk, or do so for as long as the box runs. */
  readonly until: UnixTime | null;
  /** Whether they have hung up by themselves, and nobody has let them talk since. */
  readonly isOver: boolean;
  begin(pair: DemoPair): Promise<void>;
  /** Does nothing where they do not talk. */
  end(): Promise<void>;
}

/** What these operations need of the box. */
export interface SetUpBox extends SettingsBox, StateBox, LiveBox {
  readonly demoCall: DemoCall;
  /** Where phones register; null where it is not known. */
  readonly sipPort: number | null;
}

const row = rowOf<SetUpBox>();

const nothing = z.strictObject({});
const pair = z.object({ caller: z.string(), callee: z.string() }).nullable();
/** What stands in the way of the call: a board without such phones, or too few extensions in whose place they could talk. */
const obstacle = z.enum(['notHere', 'tooFew']);
const demoCall = z.object({
  isPossible: z.boolean(),
  obstacle: obstacle.nullable(),
  pair,
  /** When they hang up by themselves; null where they do not talk, or do so for as long as the box runs. */
  until: z.iso.datetime().nullable(),
  /** Whether they have hung up by themselves, and nobody has let them talk since. */
  isOver: z.boolean(),
});

function demoCallOf(box: SetUpBox): z.input<typeof demoCall> {
  const { pair: talking, until, isOver } = box.demoCall;
  const inTheWay = talking ? null : obstacleOf(box);
  const ends = until === null ? null : new Date(until).toISOString();
  return { isPossible: inTheWay === null, obstacle: inTheWay, pair: talking, until: ends, isOver };
}

function obstacleOf(box: SetUpBox): z.input<typeof obstacle> | null {
  if (!box.demoCall.isPossible) return 'notHere';
  return freePair(box) ? null : 'tooFew';
}

/** How far the box is set up, and a call to try it with. */
export const setUpOperations = [
  row({
    name: 'set-up show',
    about: about('operation.setUp.show'),
    roles: ['admin'],
    http: { method: 'GET', path: '/set-up' },
    input: nothing,
    output: z.object({ missing: z.array(z.enum(setUpParts)), sipPort: z.int().nullable(), demoCall }),
    run: async (box) => ({
      missing: [...missingIn(box.settings.current.settings, box.state().isLicensed)],
      sipPort: box.sipPort,
      demoCall: demoCallOf(box),
    }),
  }),
  row({
    name: 'demo-call begin',
    about: about('operation.demoCall.begin'),
    roles: ['admin'],
    http: { method: 'POST', path: '/demo-call' },
    input: nothing,
    output: demoCall,
    async run(box) {
      if (box.demoCall.pair === null) await box.demoCall.begin(pairToBegin(box));
      return demoCallOf(box);
    },
  }),
  row({
    name: 'demo-call end',
    about: about('operation.demoCall.end'),
    roles: ['admin'],
    http: { method: 'DELETE', path: '/demo-call' },
    input: nothing,
    output: demoCall,
    async run(box) {
      await box.demoCall.end();
      return demoCallOf(box);
    },
  }),
];

function pairToBegin(box: SetUpBox): DemoPair {
  const found = box.demoCall.isPossible ? freePair(box) : null;
  if (!found) throw new AdminError({ code: `demoCall.${obstacleOf(box) ?? 'tooFew'}` }, { kind: 'conflict' });
  return found;
}

function freePair({ settings, live }: SetUpBox): DemoPair | null {
  const registered = new Set(live.registrations().map(({ extension }) => extension));
  return demoPairIn(settings.current.settings, registered);
}
