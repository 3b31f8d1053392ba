import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { useSettingsChanges } from '../api/settings-changes.js';
import type { InputOf, OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { type Edit, useEdit } from '../kit/form/edit.js';
import { EditForm } from '../kit/form/edit-form.js';
import { Field } from '../kit/form/field.js';
import { useHeld } from '../kit/form/unsaved.js';
import { wholeNumber } from '../kit/form/whole-number.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';

type Present = OutputOf<'GET', '/settings'>;

/** How many can listen at the same time, and for how long the button keeps everybody from it. */
export function Limits() {
  const settings = useMemo(() => new Resource(() => ask('GET', '/settings', {})), []);
  useSettingsChanges(() => settings.refresh());
  const present = useHeld(settings.value.value);
  // Each form begins anew when what it shows is different, and not when the other one was saved.
  const refresh = () => settings.refresh();
  return (
    <>
      <ProblemText problem={settings.problem.value} />
      {present && (
        <>
          <LimitsForm key={JSON.stringify(present.settings.limits)} present={present} onSaved={refresh} />
          <PrivacyForm key={`privacy ${present.settings.privacyMinutes}`} present={present} onSaved={refresh} />
        </>
      )}
    </>
  );
}

interface PartFormProps {
  readonly present: Present;
  readonly onSaved: () => void;
}

function LimitsForm({ present, onSaved }: PartFormProps) {
  const { limits } = present.settings;
  const edit = usePart('limits', present, onSaved, (text) => ({
    limits: { perCall: wholeNumber(text('limits.perCall')), total: wholeNumber(text('limits.total')) },
  }));
  return (
    <PartForm title={say('rules.limitsTitle')} edit={edit} fields={['limits.perCall', 'limits.total']}>
      <Field
        name="limits.perCall"
        type="digits"
        label={say('rules.perCall')}
        hint={say('rules.perCallHint')}
        value={limits.perCall}
        maxLength={2}
        fault={edit.faultAt('limits.perCall')}
      />
      <Field
        name="limits.total"
        type="digits"
        label={say('rules.total')}
        hint={say('rules.totalHint')}
        value={limits.total}
        maxLength={3}
        fault={edit.faultAt('limits.total')}
      />
    </PartForm>
  );
}

function PrivacyForm({ present, onSaved }: PartFormProps) {
  const edit = usePart('privacyMinutes', present, onSaved, (text) => ({
    privacyMinutes: text('privacyMinutes') === '' ? null : wholeNumber(text('privacyMinutes')),
  }));
  return (
    <PartForm title={say('rules.privacyTitle')} edit={edit} fields={['privacyMinutes']}>
      <Field
        name="privacyMinutes"
        type="digits"
        label={say('rules.privacyMinutes')}
        hint={say('rules.privacyMinutesHint')}
        value={present.settings.privacyMinutes ?? ''}
        maxLength={4}
        fault={edit.faultAt('privacyMinutes')}
      />
    </PartForm>
  );
}

/** A form for one of the settings that are no lists. */
function usePart(
  name: 'limits' | 'privacyMinutes',
  { version }: Present,
  onSaved: () => void,
  read: (text: (field: string) => string) => InputOf<'PATCH', '/settings'>,
): Edit {
  return useEdit({
    version,
    read: (data) => read((field) => String(data.get(field) ?? '').trim()),
    place: () => [name],
    send: (sent, { basis, dryRun }) => ask('PATCH', '/settings', { ...sent, dryRun }, basis),
    onSaved() {
      announce(say('rules.limitsSaved'));
      onSaved();
    },
  });
}

interface PartFormLooks {
  readonly title: string;
  readonly edit: Edit;
  readonly fields: readonly string[];
  readonly children: ComponentChildren;
}

function PartForm({ title, edit, fields, children }: PartFormLooks) {
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <EditForm edit={edit} fields={fields}>
        {children}
      </EditForm>
    </section>
  );
}
