import { momentText, secondsText } from '../kit/times.js';
import { viaText } from '../kit/via-text.js';
import { say, sayIfKnown } from '../texts.js';
import type { CallRecord } from './sources.js';

/** The calls that ended last, the latest first. */
export function LastCalls({ records }: { readonly records: readonly CallRecord[] }) {
  const latest = records.toReversed();
  return (
    <section aria-labelledby="last">
      <h2 id="last">{say('live.lastCalls')}</h2>
      {latest.length === 0 ? (
        <p class="empty">{say('live.noLastCalls')}</p>
      ) : (
        <div class="card table list">
          <table>
            <thead>
              <tr>
                <th scope="col">{say('live.ended')}</th>
                <th scope="col">{say('live.from')}</th>
                <th scope="col">{say('live.to')}</th>
                <th scope="col" class="number">
                  {say('live.talked')}
                </th>
              </tr>
            </thead>
            <tbody>
              {latest.map((record) => (
                <tr key={`${record.started} ${record.from} ${record.to} ${record.ended}`}>
                  <td class="moment" data-column={say('live.ended')}>
                    {momentText(record.ended)}
                  </td>
                  <td data-column={say('live.from')}>{record.from === '' ? say('live.unknown') : record.from}</td>
                  <td data-column={say('live.to')}>
                    <span class="party">
                      {record.toName || record.to}
                      <span class="note words">{outcome(record)}</span>
                    </span>
                  </td>
                  <td class="number" data-column={say('live.talked')}>
                    {talked(record)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const talked = ({ answeredBy, talkedSeconds }: CallRecord): string =>
  secondsText(answeredBy === null ? null : talkedSeconds);

/** Who has answered, where that is somebody else than was called, and who took the call over; or why nobody has answered. */
function outcome({ to, answeredBy, cause, via }: CallRecord): string {
  if (answeredBy === null) return sayIfKnown('live.cause', cause);
  const answered = answeredBy === to ? [] : [say('live.answeredBy', { number: answeredBy })];
  const taken = via.filter(({ kind }) => kind === 'takenOver').map(viaText);
  return [...answered, ...taken].join(' · ');
}
