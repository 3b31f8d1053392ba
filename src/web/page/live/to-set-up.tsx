import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { WhatIsMissing } from '../set-up/what-is-missing.js';
import { say } from '../texts.js';

/** Where nobody can listen yet because something is not set up: the way on. */
export function ToSetUp() {
  const setUp = useMemo(() => new Resource(() => ask('GET', '/set-up', {})), []);
  useEffect(() => setUp.refresh(), [setUp]);
  const missing = setUp.value.value?.missing ?? [];
  if (missing.length === 0) return null;
  return (
    <WhatIsMissing missing={missing}>
      <a href="/set-up">{say('setUp.goOn')}</a>
    </WhatIsMissing>
  );
}
