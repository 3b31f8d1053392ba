import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergedBlocks } from '../../../src/agreement/blocks.js';
import { differences, directionOfAll } from '../../../src/agreement/comparison.js';
import { pairRefusal } from '../../../src/agreement/decision.js';
import type { EvaluationRule } from '../../../src/agreement/evaluation.js';
import { advanced, resumed } from '../../../src/agreement/lifetime.js';
import {
  acted,
  areAnswers,
  endOf,
  newSheet,
  partOf,
  type Sheet,
  type SheetCommand,
  type SheetPart,
} from '../../../src/agreement/sheets.js';
import { signedText } from '../../../src/agreement/signed-text.js';
import { documentSchema } from '../../../src/store/agreement/agreement-schema.js';
import { agreed, anna, ben, cara, mona, withSheets } from './documents.js';

const day = 24 * 3_600_000;
const start = Date.UTC(2027, 0, 4);
const rule: EvaluationRule = {
  items: [
    { id: 'greeting', text: 'Greeted by name', kind: 'yesNo' },
    { id: 'calm', text: 'Stayed calm', kind: 'scale' },
  ],
  talkDays: 2,
  keepDays: 28,
  blockDays: 30,
  second: [],
};
const sheet = newSheet(rule, start, {
  ...{ id: 1, session: 7, call: 3, ended: start, purpose: 'training', answers: ['yes', '4'] },
  moderator: { extension: mona, user: 'mona' },
  member: { extension: anna, user: 'anna' },
});
const second = { extension: cara, user: 'cara' };

const sheetAfter = (...steps: readonly [SheetPart, SheetCommand][]): Sheet =>
  steps.reduce((before, [part, command]) => {
    const next = acted(before, part, command);
    if (typeof next === 'string') throw new Error(next);
    return next;
  }, sheet);
const talk = (part: SheetPart, isHeld = true): [SheetPart, SheetCommand] => [part, { type: 'talk', isHeld }];

describe('a sheet', () => {
  test('is seen by its moderator, its member and whoever that one has asked, as the users that they were', () => {
    const asked = sheetAfter(['member', { type: 'askSecond', second }]);
    expect(partOf(asked, { extension: mona, user: 'mona' })).toBe('moderator');
    expect(partOf(asked, { extension: anna, user: 'anna' })).toBe('member');
    expect(partOf(asked, second)).toBe('second');
    expect(partOf(sheet, second)).toBeNull();
    expect(partOf(asked, { extension: anna, user: 'somebody else with the extension' })).toBeNull();
    expect(partOf(asked, { extension: ben, user: 'anna' })).toBeNull();
  });

  test.each<[SheetPart, SheetCommand, string]>([
    ['moderator', { type: 'comment', text: 'x' }, 'notForYou'],
    ['second', { type: 'object', text: 'x' }, 'notForYou'],
    ['moderator', { type: 'talk', isHeld: false }, 'notForYou'],
    ['second', { type: 'talk', isHeld: true }, 'notForYou'],
    ['moderator', { type: 'askSecond', second }, 'notForYou'],
    ['member', { type: 'askSecond', second: { extension: mona, user: 'other' } }, 'notASecond'],
    ['member', { type: 'askSecond', second: { extension: cara, user: 'anna' } }, 'notASecond'],
    ['member', { type: 'giveSecond', answers: ['yes', '1'] }, 'notForYou'],
    ['second', { type: 'giveSecond', answers: ['yes', '1'] }, 'isGiven'],
  ])('lets %s not do %o: %s', (part, command, refusal) => {
    expect(acted(sheet, part, command)).toBe(refusal);
  });

  test('takes one second opinion, which may leave items open, and keeps it', () => {
    const asked = sheetAfter(['member', { type: 'askSecond', second }]);
    expect(acted(asked, 'member', { type: 'askSecond', second })).toBe('secondIsAsked');
    expect(acted(asked, 'second', { type: 'giveSecond', answers: ['yes'] })).toBe('answers');
    const given = acted(asked, 'second', { type: 'giveSecond', answers: ['open', '5'] }) as Sheet;
    expect(given.second).toEqual({ by: second, answers: ['open', '5'] });
    expect(acted(given, 'second', { type: 'giveSecond', answers: ['no', '1'] })).toBe('isGiven');
  });

  test('is answered in full, each item by what it can be answered by', () => {
    expect(areAnswers(rule.items, ['no', '1'], false)).toBe(true);
    for (const wrong of [['open', '1'], ['1', '1'], ['yes', 'no'], ['yes'], ['yes', '1', '1']] as const)
      expect(areAnswers(rule.items, [...wrong], false), String(wrong)).toBe(false);
  });
});

test.each<[string, Sheet, [SheetPart, SheetCommand]]>([
  [
    'the same comment',
    sheetAfter(['member', { type: 'comment', text: 'x' }]),
    ['member', { type: 'comment', text: 'x' }],
  ],
  ['no objection', sheet, ['member', { type: 'object', text: '' }]],
  ['a talk that was noted', sheetAfter(talk('moderator')), talk('moderator')],
  ['a talk that was denied', sheetAfter(talk('member', false)), talk('member', false)],
  ['a talk that was confirmed', sheetAfter(talk('member')), talk('member')],
])('is the same one after %s', (_case, each, [part, command]) => {
  expect(acted(each, part, command)).toBe(each);
});

describe('the talk about a sheet', () => {
  const due = sheet.talkUntil;

  test.each<[string, Sheet, string | undefined]>([
    ['nobody has said anything', sheet, 'noTalk'],
    ['the moderator alone says so', sheetAfter(talk('moderator')), 'talkUnconfirmed'],
    ['the member alone says so', sheetAfter(talk('member')), 'noTalk'],
    ['the member contradicts', sheetAfter(talk('moderator'), talk('member', false)), 'noTalk'],
    ['both say so', sheetAfter(talk('moderator'), talk('member')), undefined],
    ['the member says so in the end', sheetAfter(talk('member', false), talk('member'), talk('moderator')), undefined],
  ])('decides when its time is over and %s', (_case, each, end) => {
    expect(endOf(each, rule, due - 1)).toBeUndefined();
    expect(endOf(each, rule, due)).toBe(end);
  });

  test('stays confirmed', () => {
    expect(acted(sheetAfter(talk('member')), 'member', { type: 'talk', isHeld: false })).toBe('talkIsHeld');
  });
});

describe('the date of a sheet', () => {
  const held = sheetAfter(talk('moderator'), talk('member'));

  test('is kept to the millisecond', () => {
    expect(endOf(held, rule, start + 28 * day - 1)).toBeUndefined();
    expect(endOf(held, rule, start + 28 * day)).toBe('dateReached');
  });

  test('comes nearer by a later agreement, and never farther', () => {
    expect(endOf(held, { ...rule, keepDays: 10 }, start + 10 * day)).toBe('dateReached');
    expect(endOf(held, { ...rule, keepDays: 180 }, start + 28 * day)).toBe('dateReached');
    expect(endOf(held, null, start)).toBe('notAgreedOn');
    expect(endOf(held, undefined, start + 28 * day)).toBe('dateReached');
  });
});

describe('the clock of sheets', () => {
  test('goes on by the clock that shows more, and never back', () => {
    const clock = { at: 1000, wall: start };
    expect(advanced(clock, start + 500, 400)).toEqual({ at: 1500, wall: start + 500 });
    expect(advanced(clock, start - day, 400)).toEqual({ at: 1400, wall: start - day });
    const backAndForth = advanced(advanced(clock, start - day, 0), start, 0);
    expect(backAndForth.at).toBeGreaterThanOrEqual(1000);
  });

  test('goes on at a start by a clock that was set back', () => {
    expect(resumed({ at: 1000, wall: start }, start - day).at).toBe(1000 + 15 * 60_000);
    expect(resumed({ at: 1000, wall: start }, start + day).at).toBe(1000 + day);
  });
});

describe('a block', () => {
  const block = { moderator: mona, member: anna, users: null, until: start + 30 * day };
  const inForce = { hash: '', document: agreed, periods: [], blocks: [block] };

  test('keeps a moderator from that member, and from nobody else', () => {
    expect(pairRefusal(inForce, { moderator: mona, member: anna }, start)).toBe('talkMissing');
    expect(pairRefusal(inForce, { moderator: mona, member: anna }, null)).toBe('talkMissing');
    expect(pairRefusal(inForce, { moderator: mona, member: ben }, start)).toBeUndefined();
    expect(pairRefusal(inForce, { moderator: cara, member: anna }, start)).toBeUndefined();
  });

  test('does not keep from a member who asks for help', () => {
    expect(pairRefusal(inForce, { moderator: mona, member: anna, isWished: true }, start)).toBeUndefined();
  });

  test('counts until it ends, the longest of each pair, also of others with the extension', () => {
    const others = { ...block, users: { moderator: 'mona', member: 'anna' } };
    expect(mergedBlocks([{ ...block, until: start }, block, others], block.until - 1)).toEqual([block, others]);
    expect(mergedBlocks([block, others], block.until)).toEqual([]);
  });
});

describe('the clause about sheets', () => {
  const withRule = (change: Partial<EvaluationRule> = {}) => ({ ...agreed, evaluation: { ...rule, ...change } });
  const direction = (...[before, next]: Parameters<typeof differences>) => directionOfAll(differences(before, next));

  test('is left out of what is signed where it is not agreed on', () => {
    expect(signedText(agreed)).not.toContain('evaluation');
    expect(signedText(documentSchema.parse(agreed))).toBe(signedText(agreed));
  });

  test.each<[string, Parameters<typeof differences>, string]>([
    ['sheets at all', [agreed, withRule()], 'loosening'],
    ['no sheets any more', [withRule({ second: [cara] }), agreed], 'tightening'],
    ['more time for the talk', [withRule(), withRule({ talkDays: 3 })], 'loosening'],
    ['a shorter life', [withRule(), withRule({ keepDays: 10 })], 'tightening'],
    ['a shorter block', [withRule(), withRule({ blockDays: 10 })], 'loosening'],
    ['one item less', [withRule(), withRule({ items: rule.items.slice(1) })], 'tightening'],
    ['other words', [withRule(), withRule({ items: [{ id: 'calm', text: 'Calm', kind: 'scale' }] })], 'both'],
    ['somebody less for a second opinion', [withRule({ second: [cara] }), withRule()], 'both'],
  ])('%s', (_case, documents, expected) => {
    expect(direction(...documents)).toBe(expected);
  });

  test('is never opened wider by what one of the two signs alone', () => {
    fc.assert(
      fc.property(withSheets, withSheets, (before, next) => {
        if (direction(before, next) !== 'tightening' || next.evaluation === undefined) return;
        expect(before.evaluation).toBeDefined();
        expect(next.evaluation.talkDays).toBeLessThanOrEqual(before.evaluation?.talkDays ?? 0);
        expect(next.evaluation.keepDays).toBeLessThanOrEqual(before.evaluation?.keepDays ?? 0);
        expect(next.evaluation.blockDays).toBeGreaterThanOrEqual(before.evaluation?.blockDays ?? Infinity);
        expect(next.evaluation.second).toEqual(before.evaluation?.second);
      }),
    );
  });

  test('has no talk after the sheet is gone', () => {
    expect(documentSchema.safeParse(withRule({ talkDays: 14, keepDays: 14 })).success).toBe(true);
    expect(documentSchema.safeParse(withRule({ talkDays: 14, keepDays: 13 })).success).toBe(false);
  });
});
