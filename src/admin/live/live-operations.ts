import { z } from 'zod';
import { about } from '../about.js';
import { listOf, roles, rowOf } from '../operation.js';
import type { LiveAdmin } from './live-admin.js';
import type { MonitorsBox } from './monitors-operations.js';

/** What these operations need of the box. */
export interface LiveBox extends MonitorsBox {
  readonly live: LiveAdmin;
}

const row = rowOf<LiveBox>();

const nothing = z.strictObject({});
const none = z.null();
const time = z.iso.datetime();
const serial = z.int().min(1);
/** Why, for the record. */
const note = z.string().trim().min(1).max(200).nullable().default(null);

const monitor = z.object({
  /** Serial of the moderator's dialogue, as in the audit record. */
  session: serial,
  profile: z.string(),
  moderator: z.string(),
  moderatorName: z.string(),
  /** Where the moderator calls from. */
  caller: z.string(),
  member: z.string(),
  memberName: z.string(),
  /** `asking`: to be let into the call, of which nothing is heard before. */
  state: z.enum(['attached', 'asking', 'waiting']),
  call: serial.nullable(),
  other: z.string().nullable(),
  mode: z.enum(['listen', 'whisper', 'barge']).nullable(),
  since: time.nullable(),
  notice: z.object({ member: z.string(), other: z.string() }).nullable(),
  /** Who has heard that notice in full. */
  told: z.array(z.enum(['member', 'other'])),
  /** The extensions that have still to let the moderator in. */
  undecided: z.array(z.string()),
  follows: z.boolean(),
});

const party = z.object({
  /** Of a group that rings its ID. */
  number: z.string(),
  name: z.string(),
  isGroup: z.boolean(),
  trunk: z.string().nullable(),
  trunkName: z.string().nullable(),
  /** How its sound travels; null before it is known who has answered. */
  protection: z.enum(['encrypted', 'clear', 'local']).nullable(),
});

const call = z.object({
  call: serial,
  state: z.enum(['ringing', 'transferring', 'talking', 'parked']),
  from: party,
  to: party,
  since: time,
  answered: time.nullable(),
  isHeld: z.boolean(),
  /** Nothing of its sound travels in clear, to whoever listens neither. */
  isEncrypted: z.boolean(),
  isEmergency: z.boolean(),
  monitors: z.array(monitor).nullable(),
});

/** The calls and monitors that run. */
export const liveOperations = [
  row({
    name: 'calls list',
    about: about('operation.calls.list'),
    roles: ['read', 'council', 'moderator'],
    http: { method: 'GET', path: '/calls' },
    input: nothing,
    output: listOf(call),
    run: async ({ live }, _input, caller) => ({ entries: live.calls(caller) }),
  }),
  row({
    name: 'calls end',
    about: about('operation.calls.end'),
    roles: ['admin'],
    http: { method: 'POST', path: '/calls/{call}/end' },
    input: z.strictObject({ call: serial, note }),
    output: none,
    async run({ live }, input, caller) {
      live.endCall(input.call, input.note, caller);
      return null;
    },
  }),
  row({
    name: 'monitors list',
    about: about('operation.monitors.list'),
    roles: ['council', 'moderator', 'member'],
    http: { method: 'GET', path: '/monitors' },
    input: nothing,
    output: listOf(monitor),
    run: async ({ live }, _input, caller) => ({ entries: live.monitors(caller) }),
  }),
  row({
    name: 'monitors end',
    about: about('operation.monitors.end'),
    roles: ['council', 'moderator', 'member'],
    http: { method: 'POST', path: '/monitors/{session}/end' },
    input: z.strictObject({ session: serial, note }),
    output: none,
    async run({ live, monitorDesk }, input, caller) {
      if (!monitorDesk.end(input.session, caller)) live.endMonitor(input.session, input.note, caller);
      return null;
    },
  }),
  row({
    name: 'monitors let-in',
    about: about('operation.monitors.letIn'),
    roles,
    http: { method: 'POST', path: '/own/monitors/{session}/let-in' },
    input: z.strictObject({
      session: serial,
      /** Whoever asks may ask for another call by now. */
      call: serial,
    }),
    output: none,
    async run({ live }, asking, caller) {
      live.letIn(asking, caller);
      return null;
    },
  }),
  row({
    name: 'monitors end-own',
    about: about('operation.monitors.endOwn'),
    roles,
    http: { method: 'POST', path: '/own/monitors/end' },
    input: nothing,
    output: none,
    async run({ live }, _input, caller) {
      live.endOwn(caller);
      return null;
    },
  }),
];
