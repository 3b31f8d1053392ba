import { describe, expect, test } from 'vitest';
import { factText } from '../../../../src/admin/audit/audit-texts.js';
import type { AuditFact, EndReason } from '../../../../src/monitoring/records.js';
import { momentText } from '../../../../src/primitives/calendar.js';
import { callId, extensionNumber, profileId } from '../../../../src/primitives/ids.js';

const base = { session: 7, profile: profileId('support'), caller: '201' };
const watched = {
  moderator: extensionNumber('201'),
  member: extensionNumber('101'),
  call: callId(3),
  other: '0301',
};

const refusal: AuditFact = {
  ...base,
  type: 'refused',
  reason: 'noConsent',
  moderator: watched.moderator,
  member: null,
};
const ended = (reason: EndReason): AuditFact => ({ ...base, ...watched, type: 'ended', reason, seconds: 61 });

describe('a fact in words', () => {
  test.each([
    [
      'en',
      refusal,
      'refused  session: 7  profile: support  caller: 201  reason: one of the two did not agree  moderator: 201',
    ],
    [
      'de',
      refusal,
      'abgewiesen  Sitzung: 7  Profil: support  Anrufer: 201  Grund: einer der beiden ist nicht einverstanden  Moderator: 201',
    ],
    [
      'de',
      ended('outsideHours'),
      'Mithören beendet  Sitzung: 7  Profil: support  Anrufer: 201  Moderator: 201  Mitglied: 101  Gespräch: 3  Gegenseite: 0301' +
        '  Grund: außerhalb der erlaubten Zeiten  Sekunden: 61',
    ],
  ] as const)('%s', (language, fact, text) => {
    expect(factText({ ...fact }, language)).toBe(text);
  });

  test('tells a profile by its name as long as it has one', () => {
    const nameOf = (list: string, key: string) => (list === 'profiles' && key === 'support' ? 'Team Support' : null);
    expect(factText({ ...refusal }, 'en', nameOf)).toContain('  profile: Team Support  caller: 201');
  });

  test('tells a purpose by the name that was agreed on', () => {
    const nameOf = (list: string, key: string) =>
      list === 'purposes' && key === 'complaint' ? 'After a complaint' : null;
    expect(factText({ type: 'started', purpose: 'complaint' }, 'en', nameOf)).toContain('purpose: After a complaint');
    expect(factText({ type: 'started', purpose: 'training' }, 'en', nameOf)).toContain('purpose: training');
  });

  test('names the mode, the notices and whether somebody is followed', () => {
    const started = { ...base, ...watched, type: 'started', noticeMember: 'toneEvery 10 s', noticeOther: 'none' };
    expect(factText(started, 'de')).toContain(
      'Hinweis an das Mitglied: Ton alle 10 s  Hinweis an die Gegenseite: keiner',
    );
    expect(factText({ ...base, type: 'modeChanged', mode: 'barge' }, 'en')).toContain('mode: barge in');
    expect(factText({ ...base, type: 'followChanged', follow: false }, 'de')).toContain('folgt: nein');
  });

  test('says in words who did it, how, with which rights, when, and all times by the clock of the place', () => {
    const set = { type: 'userSet', by: 'console', byKind: 'console', user: 'eva', roles: 'member council' };
    expect(factText(set, 'de')).toBe(
      'ein Benutzer wurde angelegt oder geändert  wie: an der Befehlszeile des Geräts  Benutzer: eva  Rollen: Mitglied, Betriebsrat',
    );
    const restart = { type: 'restartOrdered', by: 'ada', byKind: 'user', when: 'now' };
    expect(factText(restart, 'de')).toContain(
      'durch: ada  wie: auf der Seite oder über die Schnittstelle  wann: sofort',
    );
    expect(factText({ ...restart, when: 'idle' }, 'en')).toContain('when: once nobody talks');
    const resumed = { type: 'recordResumed', since: '2026-03-04T12:00:00.000Z', late: 1, lost: 0 };
    expect(factText(resumed, 'de')).toContain(`seit: ${momentText(Date.UTC(2026, 2, 4, 12))}`);
  });

  test('leaves what it does not know as it was recorded, and takes no name of JavaScript’s for a word', () => {
    expect(factText({ type: 'fromTheFuture', mood: 'constructor' }, 'en')).toBe('fromTheFuture  mood: constructor');
    expect(factText({ type: 'toString', reason: 'constructor' }, 'en')).toBe('toString  reason: constructor');
  });

  test('a number or a name is never taken for a word', () => {
    expect(factText({ ...base, type: 'attempt', caller: 'excluded' }, 'en')).toContain('caller: excluded');
  });
});
