import { z } from 'zod';
import type { NewPeriod, Period } from '../../agreement/periods.js';
import { extensions } from '../../store/agreement/agreement-schema.js';
import { about } from '../about.js';
import { extensionNamesIn } from '../live/live-view.js';
import { listOf, rowOf } from '../operation.js';
import type { SettingsBox } from '../settings/settings-change.js';
import { dryRun } from '../versions.js';
import type { PeriodsDesk } from './periods-desk.js';

/** What these operations need of the box. */
export interface PeriodsBox extends SettingsBox {
  readonly periods: PeriodsDesk;
}

const row = rowOf<PeriodsBox>();

const id = z.int().min(1);
const time = z.iso.datetime({ offset: true });
const period = z.object({
  id,
  members: extensions,
  /** Of each member; empty where they have none any more. */
  memberNames: z.array(z.string()),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  announced: z.iso.datetime(),
});

const periodView = (box: PeriodsBox, each: Period) => ({ id: each.id, ...view(box, each) });

const view = ({ settings }: PeriodsBox, { members, from, to, announced }: NewPeriod) => ({
  members: [...members],
  memberNames: members.map(extensionNamesIn(settings.current.settings)),
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
    run: async (box, _input, caller) => ({ entries: box.periods.list(caller).map((each) => periodView(box, each)) }),
  }),
  row({
    name: 'periods announce',
    about: about('operation.periods.announce'),
    roles: ['admin'],
    http: { method: 'POST', path: '/periods' },
    input: z.strictObject({ members: extensions, from: time, to: time, dryRun }),
    output: period.extend({ id: id.nullable() }),
    async run(box, { members, from, to, dryRun: isDry }, caller) {
      const wish = { members, from: Date.parse(from), to: Date.parse(to) };
      if (isDry) return { ...view(box, box.periods.check(wish)), id: null };
      return periodView(box, await box.periods.announce(wish, caller));
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
