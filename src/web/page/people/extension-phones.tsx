import { momentText } from '../kit/times.js';
import { say } from '../texts.js';
import type { Phone } from './people-data.js';

/** The phones of one extension that have registered. */
export function ExtensionPhones({ phones }: { readonly phones: readonly Phone[] }) {
  return (
    <section class="field" aria-labelledby="extension-phones">
      <h3 id="extension-phones">{say('people.registeredPhones')}</h3>
      {phones.length === 0 && <p class="hint">{say('people.noPhones')}</p>}
      <ul class="card rows">
        {phones.map(({ address, port, transport, userAgent, since, isResponsive }) => (
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
