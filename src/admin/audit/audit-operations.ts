import { z } from 'zod';
import { namesIn } from '../../locales/settings-change.js';
import { textOf } from '../../locales/text.js';
import type { AuditEntry } from '../../store/audit/audit-entry.js';
import { about } from '../about.js';
import type { AgreementBox } from '../agreement/agreement-operations.js';
import { bytes, type Caller, listOf, rowOf } from '../operation.js';
import { byOf, type RecordingBox } from '../recording.js';
import type { SettingsBox } from '../settings/settings-change.js';
import type { AuditAdmin } from './audit-admin.js';
import { breachMessage, clockText, factKinds, factText } from './audit-texts.js';
import { purposeName } from './own-record-operations.js';

/** What these operations need of the box. */
export interface AuditBox extends RecordingBox, SettingsBox, AgreementBox {
  readonly audit: AuditAdmin;
}

const row = rowOf<AuditBox>();

const number = z.string().min(1).max(32);
const query = z.strictObject({
  /** The `next` of the page before. */
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(500).default(100),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  type: z.string().min(1).max(64).optional(),
  moderator: number.optional(),
  member: number.optional(),
});

const page = z.object({
  entries: z.array(
    z.object({
      seq: z.number(),
      time: z.string(),
      clock: z.enum(['behind', 'notSet']).nullable(),
      /** Hash of the works agreement that was in force. */
      agreement: z.string().nullable(),
      fact: z.record(z.string(), z.unknown()),
      text: z.string(),
    }),
  ),
  /** What `before` has to be for the entries before these, of which more may fit; null at the beginning of the record. */
  next: z.number().nullable(),
});

const verification = z.object({
  ok: z.boolean(),
  entries: z.number().nullable(),
  lastTime: z.string().nullable(),
  /** Fingerprint of the key of the box. */
  signedBy: z.string().nullable(),
  breach: z.object({ why: z.string(), line: z.number(), seq: z.number(), text: z.string() }).nullable(),
});

/** Whether an entry was asked for and may be seen: those who may see the whole record see all, others what concerns themselves. */
function isFor(box: AuditBox, input: z.output<typeof query>, caller: Caller): (entry: AuditEntry) => boolean {
  const { from = '', to = '', type, moderator, member } = input;
  const [earliest, latest] = [
    from === '' ? Number.NEGATIVE_INFINITY : Date.parse(from),
    to === '' ? Infinity : Date.parse(to),
  ];
  const seesAll = seesAllOf(caller);
  const isAsked = ({ time, fact }: AuditEntry): boolean => {
    const at = Date.parse(time);
    if (at < earliest || at >= latest) return false;
    return isSame(fact.type, type) && isSame(fact.moderator, moderator) && isSame(fact.member, member);
  };
  return (entry) => isAsked(entry) && (seesAll || isAbout(box, entry, caller));
}

const seesAllOf = ({ roles }: Caller): boolean => roles.has('admin') || roles.has('council');

const isSame = (value: unknown, asked: string | undefined): boolean => asked === undefined || value === asked;

/** Whom somebody listens to at this moment is told by the notice, if at all; afterwards by the record. */
function isAbout({ audit }: AuditBox, { fact }: AuditEntry, { extension }: Caller): boolean {
  const isParty = extension !== null && (fact.member === extension || fact.other === extension);
  return isParty && !audit.isRunning(fact);
}

/** Finds the names of what an entry is about, in the settings and in the works agreement. */
function namesFor(box: AuditBox): ReturnType<typeof namesIn> {
  const inSettings = namesIn(box.settings.current.settings);
  return (list, key) => (list === 'purposes' ? purposeName(box, key) : inSettings(list, key));
}

const shown = (box: AuditBox, { seq, time, clock, agreement, fact }: AuditEntry, { language }: Caller) => ({
  seq,
  time,
  clock: clock ?? null,
  agreement: agreement ?? null,
  fact: { ...fact },
  text: `${factText(fact, language, namesFor(box))}${clockText(clock, language)}`,
});

/** The record of who listened to whom, and of what was changed. */
export const auditOperations = [
  row({
    name: 'audit list',
    about: about('operation.audit.list'),
    roles: ['council', 'member'],
    http: { method: 'GET', path: '/audit' },
    input: query,
    output: page,
    async run(box, input, caller) {
      const { before = null, limit } = input;
      const { entries, next } = await box.audit.list({ before, limit, matches: isFor(box, input, caller) });
      return { entries: entries.map((entry) => shown(box, entry, caller)), next };
    },
  }),
  row({
    name: 'audit kinds',
    about: about('operation.audit.kinds'),
    roles: ['council', 'member'],
    http: { method: 'GET', path: '/audit/kinds' },
    input: z.strictObject({}),
    output: listOf(z.object({ type: z.string(), text: z.string() })),
    run: async (_box, _input, caller) => ({
      entries: [...factKinds(caller.language, seesAllOf(caller) ? 'all' : 'aboutMember')],
    }),
  }),
  row({
    name: 'audit verify',
    about: about('operation.audit.verify'),
    roles: ['council'],
    http: { method: 'POST', path: '/audit/verify' },
    input: z.strictObject({}),
    output: verification,
    async run({ audit }, _input, { language }) {
      const result = await audit.verify();
      if (result.ok) return { ...result, breach: null };
      const { breach } = result;
      const { why, line, seq } = breach;
      const text = textOf(language, breachMessage(breach));
      return { ok: false, entries: null, lastTime: null, signedBy: null, breach: { why, line, seq, text } };
    },
  }),
  row({
    name: 'audit checkpoint',
    about: about('operation.audit.checkpoint'),
    roles: ['council'],
    http: { method: 'GET', path: '/audit/checkpoint' },
    input: z.strictObject({}),
    output: z.string().meta({ contentMediaType: 'text/plain' }),
    run: ({ audit }) => audit.checkpoint(),
  }),
  row({
    name: 'audit export',
    about: about('operation.audit.export'),
    roles: ['council'],
    http: { method: 'GET', path: '/audit/export' },
    input: z.strictObject({}),
    output: bytes('application/x-ndjson'),
    async run(box, _input, caller) {
      const exported = await box.audit.export();
      box.record({ type: 'auditExported', ...byOf(caller) });
      return exported;
    },
  }),
  row({
    name: 'audit verifier',
    about: about('operation.audit.verifier'),
    roles: ['council'],
    http: { method: 'GET', path: '/audit/verifier' },
    input: z.strictObject({}),
    // A browser that opens it shall keep it, not run it.
    output: bytes('application/octet-stream'),
    run: async ({ audit }) => audit.verifier(),
  }),
];
