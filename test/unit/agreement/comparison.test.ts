import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences, directionOfAll } from '../../../src/agreement/comparison.js';
import type { AgreementDocument } from '../../../src/agreement/document.js';
import { agreed, anna, ben, cara, documents, mona } from './documents.js';

const narrow: AgreementDocument = {
  ...agreed,
  purposes: agreed.purposes.slice(0, 1),
  listening: [{ moderators: [mona], members: [anna] }],
  notice: { member: { start: 'announcement', toneEvery: 30 }, other: { start: 'tone', toneEvery: null } },
  modes: ['whisper'],
  periods: { daysAhead: 3, mostDays: 10, gapDays: 2 },
  quota: { callsPerMember: 3, membersPerMonth: 5 },
};

describe('a document compared with the one before', () => {
  test('tells for each field what is not allowed any more', () => {
    expect(differences(agreed, narrow)).toEqual([
      { field: 'purposes', direction: 'tightening', more: [], less: ['2 complaint: After a complaint'] },
      { field: 'listening', direction: 'tightening', more: [], less: ['100 → 102', '109 → 101', '109 → 102'] },
      { field: 'noticeMember', direction: 'tightening', more: [], less: ['announcement', '30 s'] },
      { field: 'noticeOther', direction: 'tightening', more: [], less: ['tone'] },
      { field: 'modes', direction: 'tightening', more: [], less: ['barge', 'takeOver'] },
      { field: 'periodsAhead', direction: 'tightening', more: [], less: ['3 d'] },
      { field: 'periodsLength', direction: 'tightening', more: [], less: ['10 d'] },
      { field: 'periodsGap', direction: 'tightening', more: [], less: ['2 d'] },
      { field: 'callsPerMember', direction: 'tightening', more: [], less: ['3'] },
      { field: 'membersPerMonth', direction: 'tightening', more: [], less: ['5'] },
    ]);
  });

  test('tells for each field what is allowed that was not', () => {
    const all = differences(narrow, agreed);
    expect(all.map(({ direction }) => direction)).toEqual(Array.from({ length: 10 }, () => 'loosening'));
    expect(all.filter(({ field }) => /periods|calls|Member$/.test(field)).map(({ more }) => more)).toEqual([
      ['tone', '∞'],
      ['–'],
      ['∞'],
      ['–'],
      ['∞'],
    ]);
  });

  test.each<readonly [string, Partial<AgreementDocument>]>([
    [
      'one may be listened to in place of another',
      {
        listening: [
          { moderators: [mona, cara], members: [anna] },
          { moderators: [ben], members: [ben] },
        ],
      },
    ],
    ['another key signs', { signers: { ...agreed.signers, council: 'ab'.repeat(32) } }],
    [
      'a purpose is worded anew',
      { purposes: [{ digit: '1', id: 'training', name: 'Anything' }, ...agreed.purposes.slice(1)] },
    ],
    ['a longer time ahead buys a longer period', { periods: { daysAhead: 7, mostDays: 20, gapDays: 2 } }],
  ])('is both where %s', (_, change) => {
    const before = { ...agreed, periods: { daysAhead: 3, mostDays: 10, gapDays: 2 } };
    expect(directionOfAll(differences(before, { ...before, ...change }))).toBe('both');
  });

  test('grants nothing by the order or the grouping in which the same is written', () => {
    const regrouped = {
      ...agreed,
      purposes: agreed.purposes.toReversed(),
      modes: agreed.modes.toReversed(),
      listening: [
        { moderators: [cara], members: [ben, anna] },
        { moderators: [mona], members: [anna, ben] },
      ],
    };
    expect(differences(agreed, regrouped)).toEqual([]);
  });

  test('tightens where the box draws for a purpose for which moderators have chosen, and loosens where they choose again', () => {
    const purposes = agreed.purposes.map((purpose) =>
      purpose.id === 'training' ? { ...purpose, byDraw: true as const } : purpose,
    );
    const drawn = { ...agreed, purposes };
    expect(differences(agreed, drawn)).toEqual([
      { field: 'draw', direction: 'tightening', more: [], less: ['training'] },
    ]);
    expect(differences(drawn, agreed)).toEqual([
      { field: 'draw', direction: 'loosening', more: ['training'], less: [] },
    ]);
  });

  test('is loosening where a purpose is new, whether or not the box draws for it', () => {
    const fresh = { digit: '3', id: 'quality', name: 'Quality', byDraw: true as const };
    expect(directionOfAll(differences(agreed, { ...agreed, purposes: [...agreed.purposes, fresh] }))).toBe('loosening');
  });

  test('loosens where nobody has to be asked any more, and tightens where everybody has to', () => {
    const asked = { ...agreed, admission: true };
    expect(differences(agreed, asked)).toEqual([
      { field: 'admission', direction: 'tightening', more: [], less: ['withoutAdmission'] },
    ]);
    expect(differences(asked, agreed)).toEqual([
      { field: 'admission', direction: 'loosening', more: ['withoutAdmission'], less: [] },
    ]);
  });

  test('is recorded more or less long', () => {
    const recorded = { ...agreed, recordingDays: 30 };
    expect(differences(agreed, recorded)).toEqual([
      { field: 'recording', direction: 'loosening', more: ['30 d'], less: [] },
    ]);
    expect(differences(recorded, { ...agreed, recordingDays: 7 })).toMatchObject([
      { direction: 'tightening', less: ['7 d'] },
    ]);
  });

  test('differs in nothing from itself, and the way back is the opposite', () => {
    const opposite = { tightening: 'loosening', loosening: 'tightening', both: 'both' } as const;
    fc.assert(
      fc.property(documents, documents, (one, other) => {
        expect(differences(one, one)).toEqual([]);
        const there = differences(one, other);
        const back = differences(other, one);
        expect(back.map(({ field, direction }) => [field, direction])).toEqual(
          there.map(({ field, direction }) => [field, opposite[direction]]),
        );
      }),
    );
  });
});
