import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { bounds } from '../../../agreement/bounds.js';
import { ask } from '../api/ask.js';
import { askExtensions } from '../api/extensions.js';
import { Resource } from '../api/resource.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { Check } from '../kit/form/check.js';
import { type Edit, useEdit } from '../kit/form/edit.js';
import { Editor } from '../kit/form/editor.js';
import { Field } from '../kit/form/field.js';
import { NumberField } from '../kit/form/number-field.js';
import type { Choice } from '../kit/form/select.js';
import { nameOf } from '../people/people-data.js';
import { say } from '../texts.js';
import type { Document } from './agreement-data.js';
import { Differences } from './differences.js';
import { EvaluationFields } from './evaluation-fields.js';
import { FloorFields } from './floor-fields.js';
import { ListeningFields } from './listening-fields.js';
import { MakeKey } from './make-key.js';
import { PeriodFields } from './period-fields.js';
import { PurposeFields } from './purpose-fields.js';
import { modes, readTerms } from './read-terms.js';

interface DraftEditorProps {
  /** What the form is filled from: the draft that waits, else the agreement in force. */
  readonly before: Document | null;
  readonly isFirst: boolean;
  readonly onClose: () => void;
}

const fields = ['signers', 'purposes', 'listening', 'notice', 'periods', 'quota', 'recordingDays', 'evaluation'];

/** Writes what shall be agreed on, and says meanwhile what is tighter and looser than the agreement in force. */
export function DraftEditor({ before, isFirst, onClose }: DraftEditorProps) {
  const compared = useSignal<OutputOf<'POST', '/agreement/proposal'> | null>(null);
  const extensions = useMemo(() => new Resource(askExtensions), []);
  useEffect(() => extensions.refresh(), [extensions]);
  const edit = useEdit({
    // Each has a number of its own: nobody else can be in the way.
    version: 0,
    place: () => [],
    read: readTerms,
    async send(sent, { dryRun }) {
      compared.value = await ask('POST', '/agreement/proposal', { ...sent, dryRun });
      return compared.value;
    },
    onSaved() {
      announce(say('agreement.proposed'));
      onClose();
    },
  });
  const found = extensions.value.value?.entries;
  if (found === undefined) return null;
  const choices = choicesFor(
    before,
    found.map((each): Choice => [each.number, nameOf(each)]),
  );
  return (
    <Editor
      title={say('agreement.draftTitle')}
      edit={edit}
      fields={fields}
      action={say('agreement.propose')}
      onClose={onClose}
    >
      <PurposeFields purposes={before?.purposes ?? []} edit={edit} />
      <ListeningFields listening={before?.listening ?? []} choices={choices} edit={edit} />
      <FloorFields side="member" floor={before?.notice.member} edit={edit} />
      <FloorFields side="other" floor={before?.notice.other} edit={edit} />
      <fieldset class="field">
        <legend>{say('agreement.field.modes')}</legend>
        {modes.map((mode) => (
          <Check
            key={mode}
            name={`may.${mode}`}
            label={say(`agreement.mode.${mode}`)}
            isChecked={before?.modes.includes(mode) ?? false}
          />
        ))}
      </fieldset>
      <PeriodFields rule={before === null ? usualPeriods : before.periods} edit={edit} />
      <Limits before={before} edit={edit} />
      <EvaluationFields rule={before?.evaluation} choices={choices} edit={edit} />
      <SignerFields before={before} edit={edit} />
      {compared.value && (
        <section aria-labelledby="differences" aria-live="polite">
          <h3 id="differences">{say('agreement.differences')}</h3>
          <Differences differences={compared.value.differences} needed={compared.value.needed} isFirst={isFirst} />
        </section>
      )}
    </Editor>
  );
}

/** Three days ahead, for ten days, and as long without: what a first draft proposes. */
const usualPeriods: NonNullable<Document['periods']> = { daysAhead: 3, mostDays: 10, gapDays: 10 };

/** Whoever is named already stays to be seen, even where there is no such extension any more. */
function choicesFor(before: Document | null, present: readonly Choice[]): readonly Choice[] {
  const inLines = before?.listening.flatMap(({ moderators, members }) => [...moderators, ...members]) ?? [];
  const named = new Set([...inLines, ...(before?.evaluation?.second ?? [])]);
  const known = new Set(present.map(([number]) => number));
  return [...present, ...[...named].filter((number) => !known.has(number)).map((number): Choice => [number, number])];
}

interface PartProps {
  readonly before: Document | null;
  readonly edit: Edit;
}

function Limits({ before, edit }: PartProps) {
  return (
    <>
      <NumberField
        name="quota.callsPerMember"
        bounds={bounds.callsPerMember}
        label={say('agreement.field.callsPerMember')}
        hint={say('agreement.emptyForAny')}
        value={before?.quota.callsPerMember}
        fault={edit.faultAt('quota.callsPerMember')}
      />
      <NumberField
        name="quota.membersPerMonth"
        bounds={bounds.membersPerMonth}
        label={say('agreement.field.membersPerMonth')}
        hint={say('agreement.emptyForAny')}
        value={before?.quota.membersPerMonth}
        fault={edit.faultAt('quota.membersPerMonth')}
      />
      <Check name="admission" label={say('agreement.hasAdmission')} isChecked={before?.admission ?? false} />
      <Check name="privateCalls" label={say('agreement.hasPrivateCalls')} isChecked={before?.privateCalls ?? false} />
      <NumberField
        name="recordingDays"
        bounds={bounds.recordingDays}
        label={say('agreement.recordingDays')}
        hint={say('agreement.emptyForNone')}
        value={before?.recordingDays}
        fault={edit.faultAt('recordingDays')}
      />
    </>
  );
}

function SignerFields({ before, edit }: PartProps) {
  return (
    <fieldset class="field">
      <legend>{say('agreement.field.signers')}</legend>
      <p class="hint">{say('agreement.signersHint')}</p>
      <Field
        name="signers.employer"
        label={say('agreement.keyOf.employer')}
        value={before?.signers.employer}
        maxLength={64}
        fault={edit.faultAt('signers.employer')}
      />
      <Field
        name="signers.council"
        label={say('agreement.keyOf.council')}
        value={before?.signers.council}
        maxLength={64}
        fault={edit.faultAt('signers.council')}
      />
      <MakeKey />
    </fieldset>
  );
}
