import { z } from 'zod';
import type { NewPeriod, Period } from '../../agreement/periods.js';
import { extensions } from '../../store/agreement/agreement-schema.js';
import { about } from '../about.js';
import { listOf, rowOf } from '../operation.js';
import { dryRun } from '../versions.js';
import type { PeriodsDesk } from './periods-desk.js';

/** What these operations need of the box. */
export interface PeriodsBox {
  readonly periods: PeriodsDesk;
}

const row = rowOf<PeriodsBox>();

const id = z.int().min(1);
const time = z.iso.datetime({ offset: true });
const period = z.object({
  id,
  members: extensions,
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  announced: z.iso.datetime(),
});

const periodView = (each: Period) => ({ id: each.id, ...view(each) });

const view = ({ members, from, to, announced }: NewPeriod) => ({
  members: [...members],
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
  announced: new Date(announced).toISOString(),
});

/** The periods in which members may be listened to, as they were announced to them. */
export const periodsOperations = [
  row({
    name: 'periods list',
    about: about('operation.periods.list'),
    roles: ['council', 'moderator', 'member'],
    http: { method: 'GET', path: '/periods' },
    input: z.strictObject({}),
    output: listOf(period),
    run: async ({ periods }, _input, caller) => ({ entries: periods.list(caller).map(periodView) }),
  }),
  row({
    name: 'periods announce',
    about: about('operation.periods.announce'),
    roles: ['admin'],
    http: { method: 'POST', path: '/periods' },
    input: z.strictObject({ members: extensions, from: time, to: time, dryRun }),
    output: period.extend({ id: id.nullable() }),
    async run({ periods }, { members, from, to, dryRun: isDry }, caller) {
      const wish = { members, from: Date.parse(from), to: Date.parse(to) };
      return isDry ? { ...view(periods.check(wish)), id: null } : periodView(await periods.announce(wish, caller));
    },
  }),
  row({
    name: 'periods withdraw',
    about: about('operation.periods.withdraw'),
    roles: ['council'],
    http: { method: 'DELETE', path: '/periods/{id}' },
    input: z.strictObject({ id }),
    output: z.null(),
    async run({ periods }, input, caller) {
      await periods.withdraw(input.id, caller);
      return null;
    },
  }),
];
