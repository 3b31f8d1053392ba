import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { type ApiProblem, asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import type { OutputOf } from '../api/table.js';
import { Moment } from '../kit/moment.js';
import { ProblemText } from '../kit/problem-text.js';
import { secondsText } from '../kit/times.js';
import { language, say } from '../texts.js';

type Page = OutputOf<'GET', '/own/record'>;
type Heard = Page['entries'][number];

/** Soon enough that somebody finds a call here within a minute of its end. */
const lookEveryMs = 30_000;

/** Who listened to the calls of the person who is signed in, the latest first. */
export function OwnRecord() {
  const latest = useMemo(() => new Resource(() => ask('GET', '/own/record', {})), []);
  const earlier = useSignal<Page | null>(null);
  const problem = useSignal<ApiProblem | null>(null);
  useEffect(() => {
    earlier.value = null;
    latest.refresh();
    // What was asked for further back joins on to the latest as they were then.
    const timer = setInterval(() => earlier.value ?? latest.refresh(), lookEveryMs);
    return () => clearInterval(timer);
  }, [latest, language.value]);
  const page = latest.value.value;
  if (!page) return <ProblemText problem={latest.problem.value} />;
  const entries = [...page.entries, ...(earlier.value?.entries ?? [])];
  const { next } = earlier.value ?? page;
  const more = async (before: number) => {
    problem.value = null;
    const found = await ask('GET', '/own/record', { before }).catch((error: unknown) => asProblem(error));
    if (!('entries' in found)) problem.value = found;
    else earlier.value = { entries: [...(earlier.value?.entries ?? []), ...found.entries], next: found.next };
  };
  return (
    <section aria-labelledby="own-record">
      <h2 id="own-record">{say('own.record')}</h2>
      <p class="lead">{say('own.recordAbout')}</p>
      {entries.length === 0 && next === null ? (
        <p class="empty">{say('own.recordEmpty')}</p>
      ) : (
        <Table entries={entries} />
      )}
      <ProblemText problem={problem.value} />
      <div class="buttons">
        {next !== null && (
          <button type="button" onClick={() => void more(next)}>
            {say('own.earlier')}
          </button>
        )}
        <a class="button" href="/api/own/record.csv" download="modcall-own-record.csv">
          {say('record.table')}
        </a>
      </div>
    </section>
  );
}

function Table({ entries }: { readonly entries: readonly Heard[] }) {
  return (
    <div class="card table list">
      <table>
        <thead>
          <tr>
            <th scope="col">{say('own.when')}</th>
            <th scope="col">{say('own.moderator')}</th>
            <th scope="col">{say('own.modes')}</th>
            <th scope="col" class="number">
              {say('own.howLong')}
            </th>
            <th scope="col">{say('own.purpose')}</th>
            <th scope="col">{say('own.notice')}</th>
            <th scope="col">{say('own.ended')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((heard) => (
            <Row key={`${heard.ended} ${heard.moderator.extension}`} heard={heard} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  heard: { began, ended, seconds, side, moderator, purpose, wished, told, notice, words },
}: {
  readonly heard: Heard;
}) {
  return (
    <tr>
      <td class="moment" data-column={say('own.when')}>
        <Moment at={began ?? ended} />
      </td>
      <td data-column={say('own.moderator')}>
        {moderator.name || moderator.extension}
        {side === 'other' && <span class="note"> {words.side}</span>}
      </td>
      <td data-column={say('own.modes')}>{words.modes}</td>
      <td class="number" data-column={say('own.howLong')}>
        {secondsText(seconds)}
      </td>
      <td data-column={say('own.purpose')}>{purpose ?? (wished ? say(`own.wished.${side}`) : '–')}</td>
      <td data-column={say('own.notice')}>
        {words.notice}
        {notice !== 'none' && !told && <span class="note"> {say('own.notHeard')}</span>}
      </td>
      <td data-column={say('own.ended')}>{words.reason}</td>
    </tr>
  );
}
