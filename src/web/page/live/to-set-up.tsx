import type { Missing } from '../set-up/steps.js';
import { WhatIsMissing } from '../set-up/what-is-missing.js';
import { say } from '../texts.js';

/** Where something is not set up yet: the way on. */
export function ToSetUp({ missing }: { readonly missing: readonly Missing[] }) {
  return (
    <>
      {missing.includes('country') && (
        <p class="notice">
          {say('setUp.countryMissing')} <a href="/set-up?step=country">{say('setUp.toCountry')}</a>
        </p>
      )}
      <WhatIsMissing missing={missing}>
        <a href="/set-up">{say('setUp.goOn')}</a>
      </WhatIsMissing>
    </>
  );
}
