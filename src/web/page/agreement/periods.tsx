import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { hasRole } from '../api/session.js';
import type { OutputOf } from '../api/table.js';
import { ProblemText } from '../kit/problem-text.js';
import { AskedButton } from '../kit/question/asked-button.js';
import { datedText } from '../kit/times.js';
import { say } from '../texts.js';
import type { Shown } from './agreement-data.js';
import { AnnouncePeriod } from './announce-period.js';

type Period = OutputOf<'GET', '/periods'>['entries'][number];

/** The announced periods that are not over, and for whoever may announce one, how. */
export function Periods({ shown: { document } }: { readonly shown: Shown }) {
  const periods = useMemo(() => new Resource(() => ask('GET', '/periods', {})), []);
  useEffect(() => periods.refresh(), [periods]);
  const rule = document?.periods ?? null;
  const entries = periods.value.value?.entries ?? [];
  if (document === null || rule === null) return <p class="empty">{say('agreement.noPeriods')}</p>;
  return (
    <>
      <p>{say('agreement.periodsAre', rule)}</p>
      <ProblemText problem={periods.problem.value} />
      {entries.length === 0 ? (
        <p class="empty">{say('agreement.noneAnnounced')}</p>
      ) : (
        <PeriodTable entries={entries} onChange={() => periods.refresh()} />
      )}
      {hasRole() && <AnnouncePeriod document={document} onDone={() => periods.refresh()} />}
    </>
  );
}

/** Such as `101 Anna, 102 Ben`. */
const membersOf = ({ members, memberNames }: Period): string =>
  members.map((number, index) => `${number} ${memberNames[index] ?? ''}`.trim()).join(', ');

function PeriodTable({ entries, onChange }: { readonly entries: readonly Period[]; readonly onChange: () => void }) {
  const mayWithdraw = hasRole('council');
  return (
    <div class="card table list">
      <table>
        <thead>
          <tr>
            <th scope="col">{say('agreement.members')}</th>
            <th scope="col">{say('agreement.from')}</th>
            <th scope="col">{say('agreement.to')}</th>
            <th scope="col">{say('agreement.announced')}</th>
            {mayWithdraw && (
              <th scope="col">
                <span class="unseen">{say('live.actions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {entries.map((period) => (
            <tr key={period.id}>
              <th scope="row">{membersOf(period)}</th>
              <td data-column={say('agreement.from')}>{datedText(period.from)}</td>
              <td data-column={say('agreement.to')}>{datedText(period.to)}</td>
              <td data-column={say('agreement.announced')}>{datedText(period.announced)}</td>
              {mayWithdraw && (
                <td class="action">
                  <Withdraw period={period} onDone={onChange} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Withdraw({ period, onDone }: { readonly period: Period; readonly onDone: () => void }) {
  return (
    <AskedButton
      name={say('agreement.withdrawPeriod')}
      label={say('agreement.withdrawPeriodOf', { members: membersOf(period) })}
      about={say('agreement.withdrawPeriodAbout')}
      done={say('agreement.periodWithdrawn')}
      isDanger
      act={async () => {
        await ask('DELETE', '/periods/{id}', { id: period.id });
        onDone();
      }}
    />
  );
}
