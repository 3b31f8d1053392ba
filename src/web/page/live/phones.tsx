import { momentText } from '../kit/times.js';
import { say } from '../texts.js';
import type { Phone } from './sources.js';

/** The phones that have registered. */
export function Phones({ phones }: { readonly phones: readonly Phone[] }) {
  return (
    <details class="card table">
      <summary>{say('live.registeredPhones', { count: phones.length })}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('live.extension')}</th>
            <th scope="col">{say('live.phone')}</th>
            <th scope="col" class="wide">
              {say('live.address')}
            </th>
            <th scope="col">{say('live.since')}</th>
          </tr>
        </thead>
        <tbody>
          {phones.map(({ extension, name, address, port, transport, userAgent, since, isResponsive }) => (
            <tr key={`${extension} ${address}:${port} ${transport}`}>
              <td>
                {extension} <span class="note">{name}</span>
              </td>
              <td>
                {userAgent === '' ? say('live.unknown') : userAgent}
                {!isResponsive && <span class="badge bad">{say('live.silent')}</span>}
              </td>
              <td class="wide">
                {address}:{port} <span class="note">{transport.toUpperCase()}</span>
              </td>
              <td>{momentText(since)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
