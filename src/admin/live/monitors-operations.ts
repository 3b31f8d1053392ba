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
const place = z.enum(['phone', 'browser']);
/** Many times what a browser says of one call. */
const longestSdp = 20_000;
const actions = Object.keys(monitorKeys) as [MonitorAction, ...MonitorAction[]];

const dialogue = z.object({
  /** Serial of the dialogue, as in the audit record. */
  session: serial,
  profile: z.string(),
  /** Where the moderator listens who was called; null for one who has dialled in. */
  on: place.nullable(),
  interventions: z.array(z.enum(['whisper', 'barge', 'takeOver'])),
  /** `calling`: the telephones ring; `asked`: the box asks by voice for the member; `asking`: to be let in; `waiting`: for the next call. */
  state: z.enum(['calling', 'asked', 'asking', 'waiting', 'attached', 'ending']),
  member: z.string().nullable(),
  memberName: z.string(),
  call: serial.nullable(),
  other: z.string().nullable(),
  /** Empty for somebody outside. */
  otherName: z.string(),
  /** Null until the record says that somebody listens. */
  mode: z.enum(['listen', 'whisper', 'barge']).nullable(),
  /** What it becomes once that is recorded; null where nothing changes. */
  changingTo: z.enum(['listen', 'whisper', 'barge', 'takeOver']).nullable(),
  follows: z.boolean(),
  /** Whether the member has asked for it, who is named also while the telephones ring. */
  helps: z.boolean(),
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
      /** What for, by its name or its key in the works agreement; needed where there is one. */
      purpose: z.string().min(1).max(32).nullable().default(null),
      /** Not needed by those who have shown it since they signed in. */
      pin: secret(z.string().regex(/^\d{4,10}$/))
        .nullable()
        .default(null),
      on: place.default('phone'),
      /** The own dialogue in a browser that goes on with it; without it, one that there is ends. */
      session: serial.nullable().default(null),
    }),
    output: z.object({
      session: serial,
      /** What the browser is called with, as SDP: the answer goes to `monitors answer`. */
      offer: z.string().nullable(),
    }),
    run: ({ monitorDesk }, order, caller) => monitorDesk.begin(order, caller),
  }),
  row({
    name: 'monitors own',
    about: about('operation.monitors.own'),
    roles: ['moderator'],
    http: { method: 'GET', path: '/own/monitors' },
    input: z.strictObject({}),
    output: listOf(dialogue).extend({
      /** Whether the box can play calls in a browser. */
      hasBrowsers: z.boolean(),
      /** The calls in which the moderator talks, such as one that was taken over. */
      talksIn: z.array(serial),
    }),
    run: async ({ monitorDesk }, _input, caller) => ({
      entries: monitorDesk.own(caller),
      talksIn: [...monitorDesk.talksIn(caller)],
      hasBrowsers: monitorDesk.hasBrowsers,
    }),
  }),
  row({
    name: 'monitors answer',
    about: about('operation.monitors.answer'),
    roles: ['moderator'],
    http: { method: 'POST', path: '/monitors/{session}/answer' },
    input: z.strictObject({ session: serial, sdp: z.string().min(1).max(longestSdp) }),
    output: z.null(),
    async run({ monitorDesk }, { session, sdp }, caller) {
      await monitorDesk.answer(session, sdp, caller);
      return null;
    },
  }),
  row({
    name: 'monitors stay',
    about: about('operation.monitors.stay'),
    roles: ['moderator'],
    http: { method: 'POST', path: '/monitors/{session}/stay' },
    input: z.strictObject({ session: serial }),
    output: z.null(),
    async run({ monitorDesk }, { session }, caller) {
      monitorDesk.stay(session, caller);
      return null;
    },
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
