import { describe, expect, it } from 'vitest';
import type { TypingMistake } from '../../../src/licensing/grouped-text.js';
import { hardwareIdText, type IdPart } from '../../../src/licensing/hardware-id.js';
import type { KeyProblem } from '../../../src/licensing/licence-key.js';
import { licensingTexts, verdictText } from '../../../src/licensing/messages.js';
import { verdictReport } from '../../../src/licensing/report.js';
import { judge, type Refusal, type Verdict, type Warning } from '../../../src/licensing/verdict.js';
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
  const texts = licensingTexts[language];
  const refusalTexts = refusals.map((refusal) => texts.refusal(refusal));

  it('every refusal has its own text, that ends its sentences and leaves nothing open', () => {
    expect(new Set(refusalTexts).size).toBe(refusals.length);
    for (const text of refusalTexts) expect(text).toMatch(/^[^a-z].*\.$/s);
    for (const text of refusalTexts) expect(text).not.toMatch(/undefined|NaN|\[object|\$\{/);
  });

  it('a typing mistake names the group', () => {
    for (const mistake of mistakes) expect(texts.mistake(mistake)).toMatch(/(group|Gruppe) 3:/);
  });

  it('the texts hold what the admin needs', () => {
    const textOf = (kind: Refusal['kind']) =>
      texts.refusal(refusals.find((each) => each.kind === kind) ?? { kind: 'noLicence' });
    expect(textOf('otherBox')).toContain(hardwareIdText(otherId));
    expect(textOf('otherBox')).toContain(hardwareIdText(ownId));
    expect(textOf('tierTooSmall')).toMatch(/20.*23/);
    expect(textOf('updateNotCovered')).toMatch(/1.*2\.3\.0/);
    expect(textOf('expired')).toContain(language === 'de' ? '01.03.2026 12:00:00 UTC' : '2026-03-01 12:00:00 UTC');
    expect(textOf('clockSetBack')).toContain(texts.moment(issued + days(9)));
  });

  it('every warning and permission has its text', () => {
    const verdict = judge(circumstances());
    if (!verdict.isAllowed) throw new Error('the verdict must be good');
    const text = verdictText({ ...verdict, warnings }, language);
    expect(text.split('\n').length).toBe(1 + warnings.length);
    expect(new Set(text.split('\n')).size).toBe(1 + warnings.length);
    expect(verdictText({ ...verdict, by: { kind: 'simulatedBoard' } }, language)).toContain('NFR');
  });

  it('a changed hardware ID says which part changed', () => {
    const changes: IdPart[][] = [['cpu'], ['key'], ['cpu', 'key']];
    const said = changes.map((parts) => texts.hardwareIdChanged(parts, 'MH1-A', 'MH1-B'));
    expect(new Set(said).size).toBe(3);
    for (const text of said) expect(text).toMatch(/MH1-A.*MH1-B/);
  });

  it('a report is plain data', () => {
    for (const refusal of refusals) {
      const verdict: Verdict = { isAllowed: false, refusal };
      const report = verdictReport(verdict, language);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      expect(report).toMatchObject({ isAllowed: false, refusal: refusal.kind, text: texts.refusal(refusal) });
    }
    const mistyped = refusals.find((each) => each.kind === 'badKey' && each.problem.kind === 'typingMistake');
    expect(mistyped && verdictReport({ isAllowed: false, refusal: mistyped }, language).group).toBe(3);
  });
});
