import { describe, expect, it } from 'vitest';
import type { TypingMistake } from '../../../src/licensing/grouped-text.js';
import { hardwareIdText } from '../../../src/licensing/hardware-id.js';
import type { KeyProblem } from '../../../src/licensing/licence-key.js';
import { refusalMessage, verdictMessages } from '../../../src/licensing/messages.js';
import { verdictReport } from '../../../src/licensing/report.js';
import { judge, type Refusal, type Verdict, type Warning } from '../../../src/licensing/verdict.js';
import { linesOf, text, textOf } from '../../../src/locales/text.js';
import { circumstances, days, issued, otherId, ownId } from './vendor.js';

const languages = ['de', 'en'] as const;
const mistakes: TypingMistake[] = [
  { kind: 'strangeCharacter', group: 3, character: '?' },
  { kind: 'tooShort', group: 3 },
  { kind: 'tooLong', group: 3 },
  { kind: 'mistyped', group: 3 },
];
const problems: KeyProblem[] = [
  { kind: 'empty' },
  { kind: 'tooLarge' },
  { kind: 'notText' },
  { kind: 'notALicenceKey' },
  { kind: 'hardwareIdInstead' },
  { kind: 'hardwareIdInstead', id: otherId },
  ...mistakes.map((mistake): KeyProblem => ({ kind: 'typingMistake', mistake })),
  { kind: 'incomplete', groups: 12 },
  { kind: 'notSigned' },
  { kind: 'newerFormat' },
  { kind: 'unreadable' },
];
const otherBox = (changedPart: 'cpu' | 'key' | undefined): Refusal => ({
  kind: 'otherBox',
  ownId,
  issuedFor: [otherId],
  changedPart,
});
const expired = (licence: 'rented' | 'demo' | 'nfr'): Refusal => ({
  kind: 'expired',
  licence,
  expired: issued,
  ended: issued + days(14),
});
const refusals: Refusal[] = [
  { kind: 'noLicence' },
  { kind: 'hardwareIdUnknown' },
  { kind: 'hardwareIdUnread' },
  { kind: 'keyUnread' },
  ...problems.map((problem): Refusal => ({ kind: 'badKey', problem, ownId })),
  { kind: 'blocked', ownId },
  { kind: 'otherProduct', product: 'faxbox' },
  otherBox('key'),
  otherBox('cpu'),
  otherBox(undefined),
  { kind: 'otherServer', keyNumbers: [77, 78] },
  { kind: 'updateNotCovered', highestMajor: 1, version: '2.3.0' },
  expired('demo'),
  expired('rented'),
  expired('nfr'),
  { kind: 'clockSetBack', shown: issued, known: issued + days(9) },
  { kind: 'tierTooSmall', members: 20, setUp: 23 },
];
const warnings: Warning[] = [
  { kind: 'expiresSoon', expires: issued, ends: issued, daysLeft: 1 },
  { kind: 'inGraceTime', expired: issued, ends: issued + days(3), daysLeft: 3 },
  { kind: 'clockNotSet' },
];

describe.each(languages)('in %s', (language) => {
  const refusalText = (refusal: Refusal) => textOf(language, refusalMessage(refusal));
  const verdictText = (verdict: Verdict) => linesOf(language, verdictMessages(verdict));
  const refusalTexts = refusals.map(refusalText);

  it('every refusal has its own text, that ends its sentences and leaves nothing open', () => {
    expect(new Set(refusalTexts).size).toBe(refusals.length);
    for (const each of refusalTexts) expect(each).toMatch(/^[^a-z].*\.$/s);
    for (const each of refusalTexts) expect(each).not.toMatch(/undefined|NaN|\[object|\$\{/);
  });

  it('a typing mistake names the group', () => {
    for (const mistake of mistakes) {
      const problem: KeyProblem = { kind: 'typingMistake', mistake };
      expect(refusalText({ kind: 'badKey', problem, ownId })).toMatch(/(group|Gruppe) 3:/);
    }
  });

  it('the texts hold what the admin needs', () => {
    const textFor = (kind: Refusal['kind']) =>
      refusalText(refusals.find((each) => each.kind === kind) ?? { kind: 'noLicence' });
    expect(textFor('otherBox')).toContain(hardwareIdText(otherId));
    expect(textFor('otherBox')).toContain(hardwareIdText(ownId));
    expect(textFor('tierTooSmall')).toMatch(/20.*23/);
    expect(textFor('updateNotCovered')).toMatch(/1.*2\.3\.0/);
    expect(textFor('expired')).toContain(language === 'de' ? '01.03.2026 12:00:00 UTC' : '2026-03-01 12:00:00 UTC');
    expect(textFor('clockSetBack')).toContain(text(language, 'licence.moment', { instant: issued + days(9) }));
  });

  it('every warning and permission has its text', () => {
    const verdict = judge(circumstances());
    if (!verdict.isAllowed) throw new Error('the verdict must be good');
    const said = verdictText({ ...verdict, warnings });
    expect(said.split('\n').length).toBe(1 + warnings.length);
    expect(new Set(said.split('\n')).size).toBe(1 + warnings.length);
    expect(verdictText({ ...verdict, by: { kind: 'simulatedBoard' } })).toContain('NFR');
  });

  it('a changed hardware ID says which part changed', () => {
    const codes = ['identity.changed.cpu', 'identity.changed.key', 'identity.changed.both'] as const;
    const said = codes.map((code) => text(language, code, { before: 'MH1-A', now: 'MH1-B' }));
    expect(new Set(said).size).toBe(3);
    for (const each of said) expect(each).toMatch(/MH1-A.*MH1-B/);
  });

  it('a report is plain data', () => {
    for (const refusal of refusals) {
      const verdict: Verdict = { isAllowed: false, refusal };
      const report = verdictReport(verdict);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      expect(report).toMatchObject({ isAllowed: false, refusal: refusal.kind });
      expect(linesOf(language, report.messages)).toBe(refusalText(refusal));
    }
    const mistyped = refusals.find((each) => each.kind === 'badKey' && each.problem.kind === 'typingMistake');
    expect(mistyped && verdictReport({ isAllowed: false, refusal: mistyped }).group).toBe(3);
  });
});
