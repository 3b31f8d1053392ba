import { z } from 'zod';
import { about } from '../about.js';
import { listOf, rowOf } from '../operation.js';
import type { LiveBox } from './live-operations.js';

const row = rowOf<LiveBox>();

const nothing = z.strictObject({});
const time = z.iso.datetime();

const registration = z.object({
  extension: z.string(),
  name: z.string(),
  address: z.string(),
  port: z.int(),
  transport: z.enum(['udp', 'tcp', 'tls']),
  /** What the phone says that it is; empty where it does not. */
  userAgent: z.string(),
  since: time,
  expires: time,
  /** Whether it has responded to the last call. */
  isResponsive: z.boolean(),
});

const line = z.object({
  /** ID of the trunk, or the extension of the telephone. */
  line: z.string(),
  name: z.string(),
  kind: z.enum(['registering', 'address', 'analog', 'telephone']),
  /** The port of the board that it is on. */
  port: z.string().nullable(),
  isUp: z.boolean(),
  downSince: time.nullable(),
  /** Why it is down, as the other side or the driver says it. */
  reason: z.string().nullable(),
});

/** What the box is connected to. */
export const linesOperations = [
  row({
    name: 'registrations list',
    about: about('operation.registrations.list'),
    roles: ['read'],
    http: { method: 'GET', path: '/registrations' },
    input: nothing,
    output: listOf(registration),
    run: async ({ live }) => ({ entries: live.registrations() }),
  }),
  row({
    name: 'lines list',
    about: about('operation.lines.list'),
    roles: ['read'],
    http: { method: 'GET', path: '/lines' },
    input: nothing,
    output: listOf(line).extend({
      /** Numbers that always go out, by the country of the settings. */
      emergency: z.array(z.string()),
    }),
    run: async ({ live }) => ({ entries: live.lines(), emergency: [...live.emergencyNumbers()] }),
  }),
];
