import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { KeyForm } from '../licence/key-form.js';
import { PresentLicence } from '../licence/present-licence.js';
import { say } from '../texts.js';
import { StepCount } from './step-count.js';
import { pathOf } from './steps.js';

/** What is licensed; a key can be entered here, or whenever it comes. */
export function LicenceStep({ onEntered }: { readonly onEntered: () => void }) {
  const licence = useMemo(() => new Resource(() => ask('GET', '/licence', {})), []);
  useEffect(() => licence.refresh(), [licence]);
  const shown = licence.value.value;
  const entered = () => {
    licence.refresh();
    onEntered();
  };
  return (
    <>
      <StepCount step="licence" />
      <Heading>{say('setUp.licence')}</Heading>
      <ProblemText problem={licence.problem.value} />
      {shown && (
        <>
          <p>{say(shown.isAllowed ? 'setUp.licensed' : 'setUp.notLicensed')}</p>
          <PresentLicence licence={shown} />
          {!shown.isAllowed && <KeyForm version={shown.version} onEntered={entered} />}
          <div class="buttons">
            <a class="button main" href={pathOf('hear')}>
              {say(shown.isAllowed ? 'setUp.next' : 'setUp.later')}
            </a>
          </div>
        </>
      )}
    </>
  );
}
