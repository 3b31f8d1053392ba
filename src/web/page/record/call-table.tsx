import { useSignal } from '@preact/signals';
import type { OutputOf } from '../api/table.js';
import { Moment } from '../kit/moment.js';
import { secondsText } from '../kit/times.js';
import { viaText } from '../kit/via-text.js';
import { say, sayIfKnown } from '../texts.js';

export type CallEntry = OutputOf<'GET', '/calls/records'>['entries'][number];

/** So many rows are drawn at once. */
const step = 100;

/** Calls, the newest first. */
export function CallTable({ calls }: { readonly calls: readonly CallEntry[] }) {
  const drawn = useSignal(step);
  if (calls.length === 0) return <p class="empty">{say('record.noCalls')}</p>;
  return (
    <>
      <p class="note" role="status">
        {say('record.found', { count: calls.length })}
      </p>
      <div class="card table list">
        <table>
          <thead>
            <tr>
              <th scope="col">{say('record.started')}</th>
              <th scope="col">{say('record.caller')}</th>
              <th scope="col">{say('record.called')}</th>
              <th scope="col">{say('record.answeredBy')}</th>
              <th scope="col" class="number">
                {say('record.talked')}
              </th>
              <th scope="col">{say('record.ended')}</th>
            </tr>
          </thead>
          <tbody>
            {calls.slice(0, drawn.value).map((call) => (
              <CallRow key={`${call.started} ${call.from} ${call.to}`} call={call} />
            ))}
          </tbody>
        </table>
      </div>
      {calls.length > drawn.value && (
        <button
          type="button"
          onClick={() => {
            drawn.value += step;
          }}
        >
          {say('record.more')}
        </button>
      )}
    </>
  );
}

function CallRow({
  call: { started, from, to, toName, answeredBy, answered, via, talkedSeconds, cause },
}: {
  readonly call: CallEntry;
}) {
  return (
    <tr>
      <td class="moment" data-column={say('record.started')}>
        <Moment at={started} />
      </td>
      <td data-column={say('record.caller')}>{from || say('live.unknown')}</td>
      <td data-column={say('record.called')}>
        {toName || to}
        {via.map((station) => (
          <span key={viaText(station)} class="note">
            {' '}
            {viaText(station)}
          </span>
        ))}
      </td>
      <td data-column={say('record.answeredBy')}>{answeredBy ?? '–'}</td>
      <td class="number" data-column={say('record.talked')}>
        {secondsText(answered ? talkedSeconds : null)}
      </td>
      <td data-column={say('record.ended')}>
        {answered && cause !== 'boxStopped' ? say('record.answered') : sayIfKnown('live.cause', cause)}
      </td>
    </tr>
  );
}
