import fc from 'fast-check';
import { type AgreementDocument, agreedModes, noticeStarts } from '../../../src/agreement/document.js';
import { extensionNumber } from '../../../src/primitives/ids.js';

export const [mona, cara, anna, ben] = ['100', '109', '101', '102'].map(extensionNumber) as [
  ReturnType<typeof extensionNumber>,
  ReturnType<typeof extensionNumber>,
  ReturnType<typeof extensionNumber>,
  ReturnType<typeof extensionNumber>,
];

export const employerKey = 'e1'.repeat(32);
export const councilKey = 'c0'.repeat(32);

/** Mona and Cara may listen to Anna and Ben, for two purposes, and almost nothing else is laid down. */
export const agreed: AgreementDocument = {
  format: 'modcall-agreement-1',
  version: 1,
  previous: null,
  signers: { employer: employerKey, council: councilKey },
  purposes: [
    { digit: '1', id: 'training', name: 'Training in the first six months' },
    { digit: '2', id: 'complaint', name: 'After a complaint' },
  ],
  listening: [{ moderators: [mona, cara], members: [anna, ben] }],
  notice: { member: { start: 'tone', toneEvery: null }, other: { start: 'none', toneEvery: null } },
  modes: ['whisper', 'barge', 'takeOver'],
  periods: null,
  quota: { callsPerMember: null, membersPerMonth: null },
  admission: false,
  privateCalls: false,
  recordingDays: null,
};

const some = <Item>(...items: readonly Item[]) => fc.subarray([...items]);
const orNone = <Value>(...values: readonly Value[]) => fc.constantFrom(null, ...values);
const floor = fc.record({ start: fc.constantFrom(...noticeStarts), toneEvery: orNone(5, 30, 60) });

/** What two might agree on, whoever they are. */
export const documents: fc.Arbitrary<AgreementDocument> = fc.record({
  format: fc.constant('modcall-agreement-1' as const),
  version: fc.constant(1),
  previous: fc.constant(null),
  signers: fc.constant(agreed.signers),
  purposes: fc
    .tuple(some(...agreed.purposes, { digit: '3', id: 'help', name: 'Help that was asked for' }), fc.nat(7))
    .map(([all, drawn]) => all.map((each, index) => (index === drawn ? { ...each, byDraw: true as const } : each))),
  listening: fc.array(fc.record({ moderators: some(mona, cara), members: some(anna, ben) }), { maxLength: 2 }),
  notice: fc.record({ member: floor, other: floor }),
  modes: some(...agreedModes),
  periods: fc.option(
    fc.record({
      daysAhead: fc.constantFrom(0, 3, 7),
      mostDays: fc.constantFrom(1, 5, 10),
      gapDays: fc.constantFrom(1, 10),
    }),
  ),
  quota: fc.record({ callsPerMember: orNone(0, 1, 3), membersPerMonth: orNone(0, 1, 2) }),
  admission: fc.nat(7).map((chance) => chance === 0),
  privateCalls: fc.boolean(),
  recordingDays: orNone(1, 30),
});

/** The same, some with sheets. */
export const withSheets: fc.Arbitrary<AgreementDocument> = fc
  .tuple(
    documents,
    fc.option(
      fc.record({
        items: fc.constant([{ id: 'calm', text: 'Stayed calm', kind: 'scale' as const }]),
        talkDays: fc.constantFrom(1, 2, 5),
        keepDays: fc.constantFrom(5, 28),
        blockDays: fc.constantFrom(10, 30),
        second: some(cara),
      }),
      { nil: undefined },
    ),
  )
  .map(([document, evaluation]) => (evaluation === undefined ? document : { ...document, evaluation }));

const changing = [
  'purposes',
  'listening',
  'notice',
  'modes',
  'periods',
  'quota',
  'admission',
  'privateCalls',
  'recordingDays',
] as const;

/** Changes of one thing at a time: so many are tightenings. */
export const changes: fc.Arbitrary<readonly Partial<AgreementDocument>[]> = fc.array(
  fc.tuple(documents, fc.constantFrom(...changing)).map(([document, key]) => ({ [key]: document[key] })),
  { minLength: 4, maxLength: 20 },
);
