import { z } from 'zod';
import { textOf } from '../../locales/text.js';
import { csvLine } from '../../primitives/csv.js';
import type { ExtensionNumber } from '../../primitives/ids.js';
import { AdminError } from '../../store/admin-error.js';
import type { HeardCall } from '../../store/audit/heard-calls.js';
import { about } from '../about.js';
import type { AgreementBox } from '../agreement/agreement-operations.js';
import { bytes, type Caller, listOf, roles, rowOf } from '../operation.js';
import type { SettingsBox } from '../settings/settings-change.js';
import type { AuditAdmin } from './audit-admin.js';
import { detailText } from './audit-texts.js';

/** What these operations need of the box. */
export interface OwnRecordBox extends SettingsBox, AgreementBox {
  readonly audit: AuditAdmin;
}

const row = rowOf<OwnRecordBox>();

const query = z.strictObject({
  /** The `next` of the page before. */
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(200).default(50),
});

const time = z.iso.datetime();
const heard = z.object({
  /** Null where the record does not tell. */
  began: time.nullable(),
  ended: time,
  /** Null where the end was not seen, as after a power cut. */
  seconds: z.number().nullable(),
  /** Whether the caller was listened to as a member, or was the one who talked to a member. */
  side: z.enum(['member', 'other']),
  /** The extension of the moderator, with the name that it has now; empty where it has none. */
  moderator: z.object({ extension: z.string(), name: z.string() }),
  modes: z.array(z.string()),
  /** What for, in the words of the works agreement; null where there was none. */
  purpose: z.string().nullable(),
  /** Whether the member had asked for it: the caller, or whoever they talked to. */
  wished: z.boolean(),
  /** What the caller was to be told, and whether they have heard it. */
  notice: z.string(),
  told: z.boolean(),
  reason: z.string(),
  /** `modes`, `notice` and `reason` in words. */
  words: z.object({ side: z.string(), modes: z.string(), notice: z.string(), reason: z.string() }),
});
type Heard = z.input<typeof heard>;

const yesOrNo = (is: boolean, language: Caller['language']): string =>
  textOf(language, { code: is ? 'audit.yes' : 'audit.no' });

/** The columns of the table, each with what stands in it. */
const columns = {
  began: ({ began }) => began,
  ended: ({ ended }) => ended,
  seconds: ({ seconds }) => seconds,
  side: ({ words }) => words.side,
  moderator: ({ moderator: { extension, name } }) => `${extension} ${name}`.trim(),
  modes: ({ words }) => words.modes,
  purpose: ({ purpose }) => purpose,
  wished: ({ wished }, language) => yesOrNo(wished, language),
  notice: ({ words }) => words.notice,
  told: ({ told }, language) => yesOrNo(told, language),
  reason: ({ words }) => words.reason,
} as const satisfies Readonly<Record<string, (call: Heard, language: Caller['language']) => unknown>>;

const columnNames = Object.keys(columns) as readonly (keyof typeof columns)[];

/** In the table, so many are read from the record at once. */
const atOnce = 200;

function ownExtension({ extension }: Caller): ExtensionNumber {
  if (extension === null) throw new AdminError({ code: 'audit.own.noExtension' }, { kind: 'forbidden' });
  return extension;
}

function inWords(box: OwnRecordBox, call: HeardCall, { language }: Caller): Heard {
  const { moderator, modes, purpose, notice, reason, isTold, isWished, side, ...rest } = call;
  const { profile: _profile, seq: _seq, ...times } = rest;
  const { extensions } = box.settings.current.settings;
  const word = (name: string, value: string) => detailText(name, value, language);
  return {
    ...times,
    ...{
      side,
      modes: [...modes],
      notice,
      told: isTold,
      wished: isWished,
      reason,
      purpose: purpose && purposeName(box, purpose),
    },
    moderator: { extension: moderator, name: extensions.find(({ number }) => number === moderator)?.name ?? '' },
    words: {
      side: textOf(language, { code: `audit.own.side.${side}` }),
      modes: modes.map((mode) => word('mode', mode)).join(', '),
      notice: word('notice', notice),
      reason: word('reason', reason),
    },
  };
}

/** As the agreement in force names it: one that is no longer agreed on keeps the name by which it was recorded. */
export function purposeName({ agreement: { state } }: AgreementBox, id: string): string {
  const purposes = state.kind === 'inForce' ? state.agreement.document.purposes : [];
  return purposes.find((purpose) => purpose.id === id)?.name ?? id;
}

/** All of it, however much there is. */
async function* table(box: OwnRecordBox, extension: ExtensionNumber, caller: Caller): AsyncGenerator<Uint8Array> {
  const { language } = caller;
  yield Buffer.from(csvLine(columnNames.map((column) => textOf(language, { code: `audit.own.column.${column}` }))));
  for (let before: number | null = null; ; ) {
    const { calls, next } = await box.audit.heard({ extension, before, limit: atOnce });
    const lines = calls.map((call) => csvLine(rowFor(inWords(box, call, caller), language)));
    yield Buffer.from(lines.join(''));
    if (next === null) return;
    before = next;
  }
}

const rowFor = (call: Heard, language: Caller['language']): readonly unknown[] =>
  columnNames.map((column) => columns[column](call, language));

/** What the record has of the person who asks: who listened to their calls, when, how and what for. */
export const ownRecordOperations = [
  row({
    name: 'audit own',
    about: about('operation.audit.own'),
    roles,
    http: { method: 'GET', path: '/own/record' },
    input: query,
    output: listOf(heard).extend({
      /** What `before` has to be for what was earlier, of which more may fit; null at the beginning of the record. */
      next: z.number().nullable(),
    }),
    async run(box, { before = null, limit }, caller) {
      const { calls, next } = await box.audit.heard({ extension: ownExtension(caller), before, limit });
      return { entries: calls.map((call) => inWords(box, call, caller)), next };
    },
  }),
  row({
    name: 'audit export-own',
    about: about('operation.audit.exportOwn'),
    roles,
    http: { method: 'GET', path: '/own/record.csv' },
    input: z.strictObject({}),
    output: bytes('text/csv'),
    run: async (box, _input, caller) => table(box, ownExtension(caller), caller),
  }),
];
