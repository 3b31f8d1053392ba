import { z } from 'zod';
import { monthForm } from '../../primitives/calendar.js';
import type { Tally } from '../../store/audit/monthly-report.js';
import { about } from '../about.js';
import type { AgreementBox } from '../agreement/agreement-operations.js';
import { type Caller, rowOf } from '../operation.js';
import type { SettingsBox } from '../settings/settings-change.js';
import type { AuditAdmin } from './audit-admin.js';
import { detailText, kindText } from './audit-texts.js';
import { purposeName } from './own-record-operations.js';

/** What this operation needs of the box. */
export interface ReportBox extends SettingsBox, AgreementBox {
  readonly audit: AuditAdmin;
}

const row = rowOf<ReportBox>();

const time = z.iso.datetime();
const count = z.int().min(0);
const tally = z.array(z.object({ name: z.string(), text: z.string(), count }));

const report = z.object({
  month: z.string(),
  from: time,
  to: time,
  /** Whether the month has ended by the clock of the box, so that nothing is added any more. */
  isOver: z.boolean(),
  /** Null where the record has none of that month. */
  entries: z.object({ first: z.int().min(1), last: z.int().min(1) }).nullable(),
  /** Of the last entry of the month: what it names, and all before it, cannot be changed any more without being noticed. */
  hash: z.string().nullable(),
  /** Of the works agreement that was in force at the end of the month; null where there was none. */
  agreement: z.string().nullable(),
  /** Calls to which a moderator was attached. */
  calls: count,
  /** Those of them to which the member had asked for the moderator. */
  wished: count,
  seconds: z.number(),
  /** So many extensions were listened to; null where it were fewer than five. */
  members: count.nullable(),
  /** Calls in which the member, or whoever they talked to, has heard the notice in full. */
  told: z.object({ member: count, other: count }),
  modes: tally,
  purposes: tally,
  profiles: tally,
  refusals: tally,
  endings: tally,
  /** How often the box was to draw a call, how often there was but one to draw, and what became of the draws. */
  draws: z.object({
    ...{ begun: count, single: count },
    ...{ heard: count, left: count, notHeard: count, refused: count, barred: count, stopped: count },
  }),
  others: tally,
});

const inWords = (found: Tally, textOf: (name: string) => string): z.input<typeof tally> =>
  found.map(({ name, count: times }) => ({ name, text: textOf(name), count: times }));

const iso = (at: number) => new Date(at).toISOString();

async function reportOf(box: ReportBox, month: string, { language }: Caller): Promise<z.input<typeof report>> {
  const { from, to, modes, purposes, profiles, refusals, endings, others, ...figures } = await box.audit.report(month);
  const reason = (name: string) => detailText('reason', name, language);
  const { profiles: present } = box.settings.current.settings;
  return {
    ...{ month, from: iso(from), to: iso(to), ...figures },
    modes: inWords(modes, (name) => detailText('mode', name, language)),
    purposes: inWords(purposes, (name) => purposeName(box, name)),
    profiles: inWords(profiles, (name) => present.find(({ id }) => id === name)?.name ?? name),
    refusals: inWords(refusals, reason),
    endings: inWords(endings, reason),
    others: inWords(others, (name) => kindText(name, language)),
  };
}

/** What the record has of a month, for the works council: figures that tell nothing of a person. */
export const reportOperations = [
  row({
    name: 'audit report',
    about: about('operation.audit.report'),
    roles: ['council'],
    http: { method: 'GET', path: '/audit/report' },
    input: z.strictObject({ month: z.string().regex(monthForm) }),
    output: report,
    run: (box, { month }, caller) => reportOf(box, month, caller),
  }),
];
