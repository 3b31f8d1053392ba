import { say } from '../texts.js';
import { lackingAgreement } from './lacking-agreement.js';
import { panelCallIn } from './panel-call.js';
import type { Settings } from './set-up-data.js';
import type { Missing } from './steps.js';
import { WhatIsMissing } from './what-is-missing.js';

interface ReadyProps {
  readonly missing: readonly Missing[];
  readonly settings: Settings;
  readonly hasFrontPanel: boolean;
}

/** Whether there can be a call to listen to; where not, what it takes. */
export function Ready({ missing, settings, hasFrontPanel }: ReadyProps) {
  if (missing.some((each) => each !== 'country')) return <WhatIsMissing missing={missing} />;
  const lacking = hasFrontPanel && panelCallIn(settings) ? null : lackingAgreement(settings);
  if (lacking)
    return (
      <p class="notice">
        {lacking.only === null ? say('setUp.nobodyAgreed') : say('setUp.onlyAgreed', { name: lacking.only })}{' '}
        <a href="/listening/consent">{say('setUp.toConsent')}</a>
      </p>
    );
  return missing.length === 0 ? <p>{say('setUp.hearAbout')}</p> : null;
}
