import { useEffect, useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { monthOf, monthStart } from '../../../primitives/calendar.js';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import type { OutputOf } from '../api/table.js';
import { ProblemText } from '../kit/problem-text.js';
import { Rows } from '../kit/rows.js';
import { dayText, durationText, monthText } from '../kit/times.js';
import { say } from '../texts.js';
import { MonthField } from './month-field.js';

type Report = OutputOf<'GET', '/audit/report'>;
type Tally = Report['modes'];

/** What the record has of a month, for the works council, to be read and printed. The month may be in the address. */
export function Report() {
  const { query, route } = useLocation();
  const { month } = query;
  const report = useMemo(() => new Resource(() => (month === undefined ? usualReport() : reportOf(month))), [month]);
  useEffect(() => report.refresh(), [report]);
  const found = report.value.value;
  return (
    <>
      <p class="lead">{say('record.aboutReport')}</p>
      <div class="search">
        <MonthField
          label={say('record.month')}
          value={month ?? found?.month ?? lastMonth()}
          onChange={(asked) => route(`/record/report?month=${asked}`)}
        />
        <button type="button" onClick={() => print()}>
          {say('record.print')}
        </button>
      </div>
      <ProblemText problem={report.problem.value} />
      {found && month === undefined && found.month !== lastMonth() && (
        <p class="note">{say('record.notLast', { month: monthText(lastMonth()) })}</p>
      )}
      {found && <Figures report={found} />}
    </>
  );
}

const reportOf = (month: string): Promise<Report> => ask('GET', '/audit/report', { month });

/** A works council files whole months, so it gets the last one; where the record has nothing of that yet, the present one if it has something of it. */
async function usualReport(): Promise<Report> {
  const last = await reportOf(lastMonth());
  if (last.entries !== null) return last;
  const present = await reportOf(monthOf(Date.now()));
  return present.entries === null ? last : present;
}

const lastMonth = (): string => monthOf(monthStart(monthOf(Date.now()), -1));

/** What of the month the figures are about: it may go on yet, and the record may have begun within it. */
function extentText({ isOver, entries }: Report): string {
  if (entries === null) return say('record.noEntries');
  const end = say(isOver ? 'record.monthOver' : 'record.monthRuns');
  return entries?.first === 1 ? `${end} ${say('record.beginsWithin')}` : end;
}

function Figures({ report }: { readonly report: Report }) {
  const { month, from, to, entries, hash, agreement, calls, wished, seconds, members, told } = report;
  const lastDay = new Date(Date.parse(to) - 1).toISOString();
  return (
    <article aria-labelledby="report">
      <h2 id="report">{say('record.reportOf', { month: monthText(month) })}</h2>
      <p>{extentText(report)}</p>
      <Rows
        rows={[
          [say('record.time'), say('record.days', { from: dayText(from), to: dayText(lastDay) })],
          [say('record.agreement'), agreement ?? say('record.noAgreement')],
          [say('record.heardCalls'), String(calls)],
          [say('record.wishedCalls'), String(wished)],
          [say('record.heardFor'), durationText(seconds * 1000)],
          [say('record.heardMembers'), members === null ? say('record.few') : String(members)],
          [say('record.toldMember'), String(told.member)],
          [say('record.toldOther'), String(told.other)],
        ]}
      />
      {calls > 0 && (
        <>
          <Counts title={say('record.modes')} counts={report.modes} empty={say('record.onlyListened')} />
          <Counts title={say('record.purposes')} counts={report.purposes} empty={say('record.noPurposes')} />
          <Counts title={say('record.profiles')} counts={report.profiles} />
        </>
      )}
      <Draws draws={report.draws} />
      <Counts title={say('record.endings')} counts={report.endings} />
      <Counts title={say('record.refusals')} counts={report.refusals} empty={say('record.noRefusals')} />
      <Counts title={say('record.others')} counts={report.others} />
      {entries !== null && hash !== null && <p class="note">{say('record.proof', { ...entries, hash })}</p>}
    </article>
  );
}

/** Left out as a whole where nothing was drawn. */
function Draws({ draws }: Pick<Report, 'draws'>) {
  const { begun, single, heard, left, notHeard, refused, barred, stopped } = draws;
  if (Object.values(draws).every((count) => count === 0)) return null;
  return (
    <section>
      <h3>{say('record.draws')}</h3>
      <Rows
        rows={[
          [say('record.drawsBegun'), String(begun)],
          [say('record.drawsSingle'), String(single)],
          [say('record.drawsHeard'), String(heard)],
          [say('record.drawsLeft'), String(left)],
          [say('record.drawsNotHeard'), String(notHeard)],
          [say('record.drawsRefused'), String(refused)],
          [say('record.drawsBarred'), String(barred)],
          [say('record.drawsStopped'), String(stopped)],
        ]}
      />
    </section>
  );
}

interface CountsProps {
  readonly title: string;
  readonly counts: Tally;
  /** Said where there are none; left out as a whole otherwise. */
  readonly empty?: string;
}

function Counts({ title, counts, empty }: CountsProps) {
  if (counts.length === 0 && empty === undefined) return null;
  return (
    <section>
      <h3>{title}</h3>
      {counts.length === 0 ? (
        <p class="empty">{empty}</p>
      ) : (
        <Rows rows={counts.map(({ text, count }) => [text, String(count)])} />
      )}
    </section>
  );
}
