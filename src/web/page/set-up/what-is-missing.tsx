import type { ComponentChildren } from 'preact';
import { say } from '../texts.js';
import type { Missing } from './steps.js';

/** What is still to be set up before anybody can listen, in words; of the country the warnings tell. */
export function WhatIsMissing({
  missing,
  children,
}: {
  readonly missing: readonly Missing[];
  readonly children?: ComponentChildren;
}) {
  const parts = missing.filter((each) => each !== 'country');
  if (parts.length === 0) return null;
  const list = parts.map((each) => say(`setUp.missing.${each}`)).join(', ');
  return (
    <p class="notice">
      {say('setUp.stillMissing', { list })} {children}
    </p>
  );
}
