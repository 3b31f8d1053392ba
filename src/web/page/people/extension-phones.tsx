import { momentText } from '../kit/times.js';
import { say } from '../texts.js';
import type { Reachable } from './people-data.js';

/** What rings when the extension is called. */
export function ExtensionPhones({ reachable: { registered, telephones } }: { readonly reachable: Reachable }) {
  return (
    <section class="field" aria-labelledby="extension-phones">
      <h3 id="extension-phones">{say('people.phones')}</h3>
      {registered.length + telephones.length === 0 && <p class="hint">{say('people.noPhones')}</p>}
      <ul class="card rows">
        {telephones.map(({ port }) => (
          <li key={port}>{say('people.telephoneAt', { port: port ?? '' })}</li>
        ))}
        {registered.map(({ address, port, transport, userAgent, since, isResponsive }) => (
          <li key={`${address}:${port} ${transport}`}>
            <span>
              {userAgent === '' ? say('live.unknown') : userAgent}
              <span class="note">
                {address}:{port} {transport.toUpperCase()}, {momentText(since)}
              </span>
            </span>
            {!isResponsive && <span class="badge bad">{say('live.silent')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
