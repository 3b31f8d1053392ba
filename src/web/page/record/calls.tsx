import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { callRecords } from '../api/call-records.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { type CallEntry, CallTable } from './call-table.js';
import { DayField } from './day-field.js';
import { filterOf, queryOf } from './filters.js';

/** The calls that are over. What was asked for is in the address. */
export function Calls() {
  const { query, route } = useLocation();
  const address = queryOf(query);
  const filter = filterOf(query);
  const calls = useSignal<readonly CallEntry[] | null>(null);
  const isCut = useSignal(false);
  const form = useForm(async ({ step, ...fields }) => {
    if (step === 'search' && queryOf(fields) !== address) return route(`/record/calls${queryOf(fields)}`);
    const { entries, next } = await callRecords(filter);
    calls.value = entries.toReversed();
    isCut.value = next !== null;
  });
  useEffect(() => form.send({ step: 'load' }), [address]);
  return (
    <>
      <p class="lead">{say('record.aboutCalls')}</p>
      <form key={address} {...form.on}>
        <ProblemText problem={form.problem.value} />
        <div class="search">
          <Field
            name="number"
            label={say('record.callNumber')}
            value={query.number}
            maxLength={32}
            fault={form.problem.value?.faultAt('number')}
          />
          <DayField name="from" label={say('record.from')} value={query.from} />
          <DayField name="to" label={say('record.until')} value={query.to} />
          <button type="submit" name="step" value="search" disabled={form.isBusy.value}>
            {say('record.search')}
          </button>
          {address !== '' && (
            <a class="button" href="/record/calls">
              {say('record.reset')}
            </a>
          )}
          <a class="button" href={`/api/calls/records.csv${queryOf(filter)}`} download="modcall-calls.csv">
            {say('record.table')}
          </a>
        </div>
      </form>
      {isCut.value && <p class="notice">{say('record.cut')}</p>}
      {calls.value && <CallTable key={address} calls={calls.value} />}
    </>
  );
}
