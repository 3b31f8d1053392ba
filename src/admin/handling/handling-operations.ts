import { z } from 'zod';
import { about } from '../about.js';
import { listOf, roles, rowOf } from '../operation.js';
import { dryRun } from '../versions.js';
import type { HandlingAdmin } from './handling-admin.js';

/** What these operations need of the box. */
export interface HandlingBox {
  readonly handling: HandlingAdmin;
}

const row = rowOf<HandlingBox>();

const extension = z.string().regex(/^\d{2,8}$/);
/** A number as the extension would dial it; null where calls are not forwarded. */
const target = z
  .string()
  .regex(/^\+?[\d*#]{1,32}$/)
  .nullable();

const handling = z.object({
  extension,
  always: target,
  /** Also when the person declines the call, or does not want to be disturbed. */
  busy: target,
  /** After 20 seconds, and at once where no phone can be reached. */
  noAnswer: target,
  doNotDisturb: z.boolean(),
});

/** What is left out stays as it is. */
const change = {
  always: target.optional(),
  busy: target.optional(),
  noAnswer: target.optional(),
  doNotDisturb: z.boolean().optional(),
  dryRun,
};

/** Forwarding and do not disturb. */
export const handlingOperations = [
  row({
    name: 'call-handling list',
    about: about('operation.callHandling.list'),
    roles: ['read'],
    http: { method: 'GET', path: '/call-handling' },
    input: z.strictObject({}),
    output: listOf(handling),
    run: async ({ handling: admin }) => ({ entries: admin.list() }),
  }),
  row({
    name: 'call-handling show',
    about: about('operation.callHandling.show'),
    roles: ['read'],
    http: { method: 'GET', path: '/call-handling/{extension}' },
    input: z.strictObject({ extension }),
    output: handling,
    run: async ({ handling: admin }, input) => admin.of(input.extension),
  }),
  row({
    name: 'call-handling change',
    about: about('operation.callHandling.change'),
    roles: ['admin'],
    http: { method: 'PATCH', path: '/call-handling/{extension}' },
    input: z.strictObject({ extension, ...change }),
    output: handling,
    run: ({ handling: admin }, { extension: whose, dryRun: isDry, ...changed }, caller) =>
      admin.change(whose, changed, isDry, caller),
  }),
  row({
    name: 'call-handling own',
    about: about('operation.callHandling.own'),
    roles,
    http: { method: 'GET', path: '/own/call-handling' },
    input: z.strictObject({}),
    output: handling,
    run: async ({ handling: admin }, _input, caller) => admin.ofCaller(caller),
  }),
  row({
    name: 'call-handling change-own',
    about: about('operation.callHandling.changeOwn'),
    roles,
    http: { method: 'PATCH', path: '/own/call-handling' },
    input: z.strictObject(change),
    output: handling,
    run: ({ handling: admin }, { dryRun: isDry, ...changed }, caller) => admin.changeOwn(changed, isDry, caller),
  }),
];
