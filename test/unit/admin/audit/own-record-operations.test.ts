import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AuditAdmin } from '../../../../src/admin/audit/audit-admin.js';
import { type OwnRecordBox, ownRecordOperations } from '../../../../src/admin/audit/own-record-operations.js';
import type { PresentWatch } from '../../../../src/admin/audit/present-watches.js';
import type { Caller } from '../../../../src/admin/operation.js';
import type { AuditFact } from '../../../../src/monitoring/records.js';
import { callId, extensionNumber, profileId } from '../../../../src/primitives/ids.js';
import { AdminError } from '../../../../src/store/admin-error.js';
import { openAudit } from '../../../../src/store/audit/audit.js';
import { person } from '../box.js';
import { run as runIn, SettingsTestBox } from '../settings/settings-box.js';

const ofSession = (session: number, member: string, other: string) => ({
  ...{ session, profile: profileId('support'), caller: '100', moderator: extensionNumber('100'), purpose: 'quality' },
  ...{ member: extensionNumber(member), call: callId(session), other },
});
const facts = (session: number, member: string, other: string): readonly AuditFact[] => {
  const base = ofSession(session, member, other);
  return [
    { ...base, type: 'started', noticeMember: 'toneEvery 10 s', noticeOther: 'none' },
    { ...base, type: 'told', party: 'member', notice: 'toneEvery 10 s' },
    { ...base, type: 'modeChanged', mode: 'barge' },
    { ...base, type: 'ended', reason: 'callEnded', seconds: 61 },
  ];
};

let folder: string;
let settings: SettingsTestBox;
let watches: readonly PresentWatch[];
let box: OwnRecordBox;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modcall-own-record-'));
  let minute = 0;
  const audit = await openAudit(folder, () => ({ time: new Date(Date.UTC(2026, 2, 4, 12, minute++)).toISOString() }));
  for (const fact of [...facts(1, '101', '0123456789'), ...facts(2, '102', '101'), ...facts(3, '101', '102')])
    await audit.append(fact);
  await audit.close();
  watches = [];
  settings = await SettingsTestBox.open();
  const purposes = [{ digit: '1', id: 'quality', name: 'Quality of advice' }];
  box = {
    audit: new AuditAdmin({ folder, hardwareId: () => null, now: () => 0, watches: () => watches }, ''),
    settings: settings.settings,
    agreement: Object({ state: { kind: 'inForce', agreement: { document: { purposes }, hash: '' } } }),
  };
});
afterEach(async () => {
  await settings.close();
  await rm(folder, { recursive: true });
});

const caller = (extension: string | null, language: Caller['language'] = 'en'): Caller => ({
  ...person('anna', ['member']),
  ...{ language, extension: extension === null ? null : extensionNumber(extension) },
});
const run = (name: string, input: object, who: Caller) => runIn(ownRecordOperations, box, name, input, who);
const own = async (who: Caller) => Object(await run('audit own', {}, who)).entries;

async function table(who: Caller): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await run('audit export-own', {}, who)) as AsyncIterable<Uint8Array>) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

describe('the own record', () => {
  test('has each call of the person that was listened to, in words', async () => {
    const entries = await own(caller('101'));
    expect(entries).toHaveLength(3);
    expect(entries[0]).toMatchObject({
      ...{ seconds: 61, side: 'member', told: true, notice: 'toneEvery 10 s', modes: ['listen', 'barge'] },
      ...{ wished: false, purpose: 'Quality of advice', moderator: { extension: '100' }, reason: 'callEnded' },
      words: { modes: 'listen, barge in', notice: 'tone every 10 s', reason: 'the call ended' },
    });
    expect(entries[1]).toMatchObject({ side: 'other', told: false, notice: 'none' });
  });

  test('has nothing of others', async () => {
    expect(await own(caller('102'))).toHaveLength(2);
    expect(await own(caller('100'))).toEqual([]);
  });

  test('has nothing that goes on', async () => {
    watches = [{ session: 3, member: '101', call: 3 }];
    expect(await own(caller('101'))).toHaveLength(2);
    expect(await own(caller('102'))).toHaveLength(1);
  });

  test('is refused to who has no extension', async () => {
    await expect(own(caller(null))).rejects.toThrow(AdminError);
    await expect(run('audit export-own', {}, caller(null))).rejects.toThrow(AdminError);
  });

  test('is exported whole, as a table in the language of the person', async () => {
    const [head = '', ...lines] = (await table(caller('102', 'de'))).trimEnd().split('\r\n');
    expect(head).toContain('Beginn,Ende,Sekunden,Bei wem,Wer mithörte');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('bei der Gegenseite');
    expect(lines[1]).toContain('"Mithören, Aufschalten",Quality of advice,nein,Ton alle 10 s,ja,');
  });
});
