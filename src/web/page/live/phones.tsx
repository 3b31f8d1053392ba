import { momentText } from '../kit/times.js';
import { say } from '../texts.js';
import type { Phone } from './sources.js';

/** The phones that have registered. */
export function Phones({ phones }: { readonly phones: readonly Phone[] }) {
  return (
    <details class="card table list">
      <summary>{say('live.registeredPhones', { count: phones.length })}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('live.extension')}</th>
            <th scope="col">{say('live.phone')}</th>
            <th scope="col">{say('live.address')}</th>
            <th scope="col">{say('live.since')}</th>
          </tr>
        </thead>
        <tbody>
          {phones.map(({ extension, name, address, port, transport, userAgent, since, isResponsive }) => (
            <tr key={`${extension} ${address}:${port} ${transport}`}>
              <td data-column={say('live.extension')}>
                {extension} <span class="note">{name}</span>
              </td>
              <td data-column={say('live.phone')}>
                {userAgent === '' ? say('live.unknown') : userAgent}
                {!isResponsive && <span class="badge bad">{say('live.silent')}</span>}
              </td>
              <td data-column={say('live.address')}>
                {address}:{port} <span class="note">{transport.toUpperCase()}</span>
              </td>
              <td data-column={say('live.since')}>{momentText(since)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
