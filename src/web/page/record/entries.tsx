import { Moment } from '../kit/moment.js';
import { say } from '../texts.js';
import type { RecordPage } from './record-page.js';

/** Entries of the record in words, as the box has them. */
export function Entries({ entries, isBusy }: { readonly entries: RecordPage['entries']; readonly isBusy: boolean }) {
  if (entries.length === 0) return <p class="empty">{say(isBusy ? 'record.searching' : 'record.none')}</p>;
  return (
    <div class="card table">
      <table>
        <thead>
          <tr>
            <th scope="col" class="number">
              {say('record.number')}
            </th>
            <th scope="col">{say('record.time')}</th>
            <th scope="col">{say('record.what')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map(({ seq, time, text }) => (
            <tr key={seq}>
              <td class="number">{seq}</td>
              <td class="moment">
                <Moment at={time} />
              </td>
              <td class="said">{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
