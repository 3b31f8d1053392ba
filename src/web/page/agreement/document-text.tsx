import { type Row, Rows } from '../kit/rows.js';
import { language, say } from '../texts.js';
import type { Document } from './agreement-data.js';

type Floor = Document['notice']['member'];

const listed = (texts: readonly string[]): string => new Intl.ListFormat(language.value).format(texts);

/** What a works agreement says, in plain words. */
export function DocumentText({ document }: { readonly document: Document }) {
  const { purposes, listening, modes, notice, periods, quota, recordingDays, signers } = document;
  return (
    <Rows
      rows={[
        [say('agreement.field.purposes'), <Purposes key="purposes" purposes={purposes} />],
        [say('agreement.field.listening'), <Pairs key="pairs" listening={listening} />],
        [say('agreement.field.noticeMember'), floorText(notice.member)],
        [say('agreement.field.noticeOther'), floorText(notice.other)],
        [say('agreement.field.modes'), modesText(modes)],
        [
          say('agreement.periodsName'),
          periods === null ? say('agreement.noPeriods') : say('agreement.periodsAre', periods),
        ],
        [say('agreement.field.admission'), say(document.admission ? 'agreement.admission' : 'agreement.noAdmission')],
        [say('agreement.field.callsPerMember'), limitText(quota.callsPerMember)],
        [say('agreement.field.membersPerMonth'), limitText(quota.membersPerMonth)],
        [
          say('agreement.field.privateCalls'),
          say(document.privateCalls ? 'agreement.privateCalls' : 'agreement.noPrivateCalls'),
        ],
        [
          say('agreement.field.recording'),
          recordingDays === null ? say('agreement.noRecording') : say('agreement.days', { days: recordingDays }),
        ],
        ...(document.evaluation ? evaluationRows(document.evaluation) : []),
        [say('agreement.keyOf.employer'), <code key="employer">{signers.employer}</code>],
        [say('agreement.keyOf.council'), <code key="council">{signers.council}</code>],
      ]}
    />
  );
}

const evaluationRows = ({ items, second, ...days }: NonNullable<Document['evaluation']>): readonly Row[] => [
  [
    say('agreement.evaluation'),
    <ul key="items" class="plain">
      {items.map(({ id, text, kind }) => (
        <li key={id}>
          {text} ({say(`agreement.itemIs.${kind}`)})
        </li>
      ))}
    </ul>,
  ],
  [say('agreement.evaluationDays'), say('agreement.evaluationIs', days)],
  [say('agreement.field.evaluationSecond'), second.length === 0 ? say('agreement.onlyModerators') : listed(second)],
];

function Purposes({ purposes }: Pick<Document, 'purposes'>) {
  if (purposes.length === 0) return <>{say('agreement.noPurposes')}</>;
  return (
    <ul class="plain">
      {purposes.map(({ id, digit, name, byDraw }) => (
        <li key={id}>{say(byDraw ? 'agreement.purposeByDraw' : 'agreement.purposeIs', { name, digit })}</li>
      ))}
    </ul>
  );
}

function Pairs({ listening }: Pick<Document, 'listening'>) {
  if (listening.length === 0) return <>{say('agreement.nobody')}</>;
  return (
    <ul class="plain">
      {listening.map(({ moderators, members }) => (
        <li key={`${moderators} ${members}`}>
          {say('agreement.listenTo', { moderators: listed(moderators), members: listed(members) })}
        </li>
      ))}
    </ul>
  );
}

const modesText = (modes: Document['modes']): string =>
  modes.length === 0 ? say('agreement.listenOnly') : listed(modes.map((mode) => say(`agreement.mode.${mode}`)));

const floorText = ({ start, toneEvery }: Floor): string =>
  listed([
    say(`agreement.start.${start}`),
    ...(toneEvery === null ? [] : [say('agreement.toneEvery', { seconds: toneEvery })]),
  ]);

const limitText = (limit: number | null): string => (limit === null ? say('agreement.anyNumber') : String(limit));
