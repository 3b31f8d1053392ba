import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AuditAdmin } from '../../../../src/admin/audit/audit-admin.js';
import { type AuditBox, auditOperations } from '../../../../src/admin/audit/audit-operations.js';
import type { PresentWatch } from '../../../../src/admin/audit/present-watches.js';
import type { Caller } from '../../../../src/admin/operation.js';
import type { AuditFact } from '../../../../src/monitoring/records.js';
import { callId, extensionNumber, profileId } from '../../../../src/primitives/ids.js';
import { openAudit } from '../../../../src/store/audit/audit.js';
import type { RecordedFact } from '../../../../src/store/audit/audit-entry.js';
import { verifyExport } from '../../../../src/store/audit/audit-export.js';
import type { AccessFact } from '../../../../src/store/users/access-fact.js';
import { person } from '../box.js';
import { run as runIn, SettingsTestBox } from '../settings/settings-box.js';

interface Page {
  readonly entries: readonly { readonly seq: number; readonly text: string; readonly fact: Record<string, unknown> }[];
  readonly next: number | null;
}

const watched = (session: number, member: string, other: string) => ({
  ...{ session, profile: profileId('support'), caller: '100', moderator: extensionNumber('100') },
  ...{ member: extensionNumber(member), call: callId(1), other },
});
const started = (session: number, member: string, other: string): AuditFact => ({
  ...{ type: 'started', noticeMember: 'none', noticeOther: 'none' },
  ...watched(session, member, other),
});
const ended = (session: number, member: string, other: string): AuditFact => ({
  ...{ type: 'ended', reason: 'callEnded', seconds: 7 },
  ...watched(session, member, other),
});

const facts: readonly RecordedFact[] = [
  { type: 'boxStarted', version: '1.0.0' },
  started(1, '101', '102'),
  ended(1, '101', '102'),
  started(2, '103', '0123'),
  ended(2, '103', '0123'),
  started(3, '101', '103'),
];

let folder: string;
let recorded: AccessFact[];
let watches: PresentWatch[];
let box: AuditBox;
let settings: SettingsTestBox;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-audit-operations-'));
  let minute = 0;
  const audit = await openAudit(folder, () => ({ time: new Date(Date.UTC(2026, 2, 4, 12, minute++)).toISOString() }));
  for (const fact of facts) await audit.append(fact);
  await audit.close();
  recorded = [];
  watches = [{ session: 3, member: '101', call: 1 }];
  const now = () => Date.UTC(2026, 2, 5);
  settings = await SettingsTestBox.open();
  box = {
    audit: new AuditAdmin({ folder, hardwareId: () => null, now, watches: () => watches }, ''),
    record: (fact) => recorded.push(fact),
    settings: settings.settings,
    agreement: Object({ state: { kind: 'none' } }),
  };
});
afterEach(async () => {
  await settings.close();
  await rm(folder, { recursive: true });
});

const council = person('eva', ['council']);
const member = (extension: string): Caller => ({
  ...person('anna', ['member']),
  extension: extensionNumber(extension),
});
const run = (name: string, input: object = {}, caller = council) => runIn(auditOperations, box, name, input, caller);
const numbers = async (input: object = {}, caller = council) =>
  ((await run('audit list', input, caller)) as Page).entries.map(({ seq }) => seq);

describe('the audit record', () => {
  test('is shown from the newest entry on, in words and as data', async () => {
    const { entries, next } = (await run('audit list', { limit: 2 })) as Page;
    expect(entries.map(({ seq, fact }) => [seq, fact.type])).toEqual([
      [6, 'started'],
      [5, 'ended'],
    ]);
    expect(entries[0]?.text).toContain('listening began');
    expect(next).toBe(5);
    expect(await numbers({ limit: 2, before: next })).toEqual([4, 3]);
  });

  test.each([
    [{ type: 'started' }, [6, 4, 2]],
    [{ member: '101' }, [6, 3, 2]],
    [{ moderator: '100', type: 'ended' }, [5, 3]],
    [{ moderator: '109' }, []],
    [{ from: '2026-03-04T12:03:00Z', to: '2026-03-04T12:05:00Z' }, [4, 3]],
  ])('is searched by %j', async (input, expected) => {
    expect(await numbers(input)).toEqual(expected);
  });

  test('tells members of what was about themselves and is over, and nothing else', async () => {
    expect(await numbers({}, member('101'))).toEqual([3, 2]);
    expect(await numbers({}, member('102'))).toEqual([3, 2]);
    expect(await numbers({}, member('103'))).toEqual([5, 4]);
    expect(await numbers({}, member('104'))).toEqual([]);
    expect(await numbers({}, person('nobody', ['member']))).toEqual([]);
    expect(await numbers({ member: '103' }, member('101'))).toEqual([]);
    watches = [{ session: 3, member: '105', call: 2 }];
    expect(await numbers({}, member('101'))).toEqual([6, 3, 2]);
  });

  test('has kinds of entries, of which members are offered those that can be about them', async () => {
    const kinds = async (caller: Caller) =>
      (Object(await run('audit kinds', {}, caller)).entries as { type: string }[]).map(({ type }) => type);
    expect(await kinds(council)).toEqual(expect.arrayContaining(['started', 'settingsChanged', 'userSet']));
    expect([...(await kinds(member('101')))].sort()).toEqual([
      'admissionAsked',
      'admissionEnded',
      'callHungUp',
      'drawEnded',
      'drawn',
      'ended',
      'followChanged',
      'helpAsked',
      'helpEnded',
      'helpGiven',
      'letIn',
      'modeChanged',
      'moderatorBlocked',
      'monitorEnded',
      'refused',
      'secondOpinionAsked',
      'secondOpinionGiven',
      'sheetCommented',
      'sheetDeleted',
      'sheetMade',
      'sheetObjectedTo',
      'started',
      'takingOver',
      'talkConfirmed',
      'talkDenied',
      'talkNoted',
      'told',
    ]);
  });

  test('names in words what was changed in the settings', async () => {
    const audit = await openAudit(folder, () => ({ time: '2026-03-04T13:00:00.000Z' }));
    const change = { path: ['groups', 'support', 'members'], before: ['101'], after: ['102'] };
    const by = { by: 'ada', byKind: 'user' } as const;
    await audit.append({ type: 'settingsChanged', version: 2, ...by, changes: [change], more: null });
    await audit.close();
    const { entries } = (await run('audit list', { limit: 1 })) as Page;
    expect(entries[0]?.text).toContain('Group Support, Members: now also 102 Ben; no longer 101 Anna');
  });

  test('is verified once at a time, however many ask, and a breach is told in words', async () => {
    const [first, second] = await Promise.all([box.audit.verify(), box.audit.verify()]);
    expect(first).toBe(second);
    expect(await run('audit verify')).toMatchObject({ ok: true, entries: 6, breach: null });
    await writeFile(join(folder, 'audit.jsonl'), 'nonsense\n');
    expect(await run('audit verify')).toMatchObject({
      ok: false,
      entries: null,
      breach: { why: 'changed', line: 1, text: 'Line 1: entry 1 was changed.' },
    });
  });

  test('is exported as a file that proves itself, and who did so is recorded', async () => {
    const path = join(folder, 'export.jsonl');
    await writeFile(path, (await run('audit export')) as AsyncIterable<Uint8Array>);
    expect(await verifyExport(path)).toMatchObject({ ok: true, entries: 6, hardwareId: null });
    expect(recorded).toEqual([{ type: 'auditExported', by: 'eva', byKind: 'user' }]);
  });
});
