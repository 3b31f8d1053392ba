import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { hasRole } from '../api/session.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { language, say } from '../texts.js';
import { AuditFilter } from './audit-filter.js';
import { Entries } from './entries.js';
import { filterOf, queryOf } from './filters.js';
import { type RecordPage, recordPage } from './record-page.js';
import { VerifyRecord } from './verify-record.js';

/** The record of who listened to whom, and of what was changed: from the newest entry on. What was asked for is in the address. */
export function Audit() {
  const { query, route } = useLocation();
  const address = queryOf(query);
  const filter = filterOf(query);
  const kinds = useMemo(() => new Resource(() => ask('GET', '/audit/kinds', {})), []);
  const shown = useSignal<RecordPage>({ entries: [], next: null });
  const form = useForm(async ({ step, ...fields }) => {
    if (step === 'older') {
      const { entries } = shown.value;
      const older = await recordPage(filter, shown.value.next);
      shown.value = { entries: [...entries, ...older.entries], next: older.next };
    } else if (step === 'search' && queryOf(fields) !== address) route(`/record${queryOf(fields)}`);
    else shown.value = await recordPage(filter, null);
  });
  useEffect(() => kinds.refresh(), [kinds]);
  useEffect(() => form.send({ step: 'load' }), [address, language.value]);
  return (
    <>
      <p class="lead">{say(hasRole('council') ? 'record.about' : 'record.aboutOwn')}</p>
      {hasRole('council') && <VerifyRecord />}
      <form key={address} {...form.on}>
        <ProblemText problem={form.problem.value} />
        <AuditFilter
          kinds={kinds.value.value?.entries ?? []}
          query={query}
          isBusy={form.isBusy.value}
          isFiltered={address !== ''}
        />
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
