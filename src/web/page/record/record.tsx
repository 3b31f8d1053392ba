import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { hasRole } from '../api/session.js';
import { Field } from '../kit/field.js';
import { useForm } from '../kit/form.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { useTitle } from '../kit/title.js';
import { say } from '../texts.js';
import { Entries } from './entries.js';
import { type Filter, type RecordPage, recordPage } from './record-page.js';
import { VerifyRecord } from './verify-record.js';

/** The record of who listened to whom, and of what was changed: from the newest entry on. */
export default function Record() {
  useTitle(say('place.record'));
  const filter = useSignal<Filter>({});
  const shown = useSignal<RecordPage>({ entries: [], next: null });
  const form = useForm(async ({ step, moderator, member }) => {
    if (step === 'older') {
      const { entries } = shown.value;
      const older = await recordPage(filter.value, shown.value.next);
      shown.value = { entries: [...entries, ...older.entries], next: older.next };
      return;
    }
    filter.value = { moderator: moderator || undefined, member: member || undefined };
    shown.value = await recordPage(filter.value, null);
  });
  useEffect(() => form.send({ step: 'search' }), []);
  return (
    <>
      <Heading>{say('place.record')}</Heading>
      <p class="lead">{say(hasRole('council') ? 'record.about' : 'record.aboutOwn')}</p>
      {hasRole('council') && <VerifyRecord />}
      <form onSubmit={form.submit}>
        <ProblemText problem={form.problem.value} />
        <div class="search">
          <Field name="moderator" label={say('record.moderator')} maxLength={32} />
          <Field name="member" label={say('record.member')} maxLength={32} />
          <button type="submit" name="step" value="search" disabled={form.isBusy.value}>
            {say('record.search')}
          </button>
        </div>
        <Entries entries={shown.value.entries} isBusy={form.isBusy.value} />
        {shown.value.next !== null && (
          <button type="submit" name="step" value="older" disabled={form.isBusy.value}>
            {say('record.older')}
          </button>
        )}
      </form>
    </>
  );
}
