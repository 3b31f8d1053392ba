import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { WhatIsMissing } from '../set-up/what-is-missing.js';
import { say } from '../texts.js';

/** Where something is not set up yet: the way on. */
export function ToSetUp() {
  const setUp = useMemo(() => new Resource(() => ask('GET', '/set-up', {})), []);
  useEffect(() => setUp.refresh(), [setUp]);
  const missing = setUp.value.value?.missing ?? [];
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
