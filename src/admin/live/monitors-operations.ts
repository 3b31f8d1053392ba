import { z } from 'zod';
import { about } from '../about.js';
import { listOf, rowOf, secret } from '../operation.js';
import type { MonitorDesk } from './monitor-desk.js';
import { type MonitorAction, monitorKeys } from './own-monitors.js';

/** What these operations need of the box. */
export interface MonitorsBox {
  readonly monitorDesk: MonitorDesk;
}

const row = rowOf<MonitorsBox>();

const serial = z.int().min(1);
const place = z.enum(['phone']);
const actions = Object.keys(monitorKeys) as [MonitorAction, ...MonitorAction[]];

const dialogue = z.object({
  /** Serial of the dialogue, as in the audit record. */
  session: serial,
  profile: z.string(),
  /** Where the moderator listens who was called; null for one who has dialled in. */
  on: z.enum(['phone', 'browser']).nullable(),
  interventions: z.array(z.enum(['whisper', 'barge', 'takeOver'])),
  /** `calling`: the telephones ring; `asked`: the box asks by voice for the member; `waiting`: for the next call. */
  state: z.enum(['calling', 'asked', 'waiting', 'attached', 'ending']),
  member: z.string().nullable(),
  call: serial.nullable(),
  other: z.string().nullable(),
  /** Null until the record says that somebody listens. */
  mode: z.enum(['listen', 'whisper', 'barge']).nullable(),
  follows: z.boolean(),
});

/** A moderator's own listening. */
export const monitorsOperations = [
  row({
    name: 'monitors begin',
    about: about('operation.monitors.begin'),
    roles: ['moderator'],
    http: { method: 'POST', path: '/monitors' },
    input: z.strictObject({
      member: z
        .string()
        .regex(/^\d{2,8}$/)
        .nullable()
        .default(null),
      call: serial.nullable().default(null),
      profile: z.string().min(1).max(64).nullable().default(null),
      /** Not needed by those who have shown it since they signed in. */
      pin: secret(z.string().regex(/^\d{4,10}$/))
        .nullable()
        .default(null),
      on: place.default('phone'),
    }),
    output: z.object({ session: serial }),
    run: async ({ monitorDesk }, { on: _, ...order }, caller) => ({ session: await monitorDesk.begin(order, caller) }),
  }),
  row({
    name: 'monitors own',
    about: about('operation.monitors.own'),
    roles: ['moderator'],
    http: { method: 'GET', path: '/own/monitors' },
    input: z.strictObject({}),
    output: listOf(dialogue),
    run: async ({ monitorDesk }, _input, caller) => ({ entries: monitorDesk.own(caller) }),
  }),
  row({
    name: 'monitors press',
    about: about('operation.monitors.press'),
    roles: ['moderator'],
    http: { method: 'POST', path: '/monitors/{session}/press' },
    input: z.strictObject({ session: serial, action: z.enum(actions) }),
    output: z.null(),
    async run({ monitorDesk }, { session, action }, caller) {
      monitorDesk.press(session, action, caller);
      return null;
    },
  }),
];
