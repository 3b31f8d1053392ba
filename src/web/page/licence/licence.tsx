import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { hasRole } from '../api/session.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { useTitle } from '../kit/title.js';
import { say } from '../texts.js';
import { KeyForm } from './key-form.js';
import { PresentLicence } from './present-licence.js';
import { RemoveLicence } from './remove-licence.js';

/** The licence of the box: what it allows, a new key, and what the vendor needs for one. */
export default function Licence() {
  useTitle(say('place.licence'));
  const licence = useMemo(() => new Resource(() => ask('GET', '/licence', {})), []);
  const refresh = () => licence.refresh();
  useEffect(refresh, [licence]);
  const shown = licence.value.value;
  return (
    <>
      <Heading>{say('place.licence')}</Heading>
      <ProblemText problem={licence.problem.value} />
      {shown && <PresentLicence licence={shown} />}
      {shown && hasRole('admin') && (
        <>
          <KeyForm version={shown.version} onEntered={refresh} />
          <section aria-labelledby="order">
            <h2 id="order">{say('licence.order')}</h2>
            <p>{say('licence.orderAbout')}</p>
            <a class="button" href="/api/licence/order-sheet" target="_blank" rel="noreferrer">
              {say('licence.orderSheet')}
            </a>
          </section>
          {shown.kind && <RemoveLicence version={shown.version} onRemoved={refresh} />}
        </>
      )}
    </>
  );
}
