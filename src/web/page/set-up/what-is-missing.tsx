import type { ComponentChildren } from 'preact';
import { say } from '../texts.js';
import type { Missing } from './steps.js';

/** What is still to be set up before anybody can listen, in words. */
export function WhatIsMissing({
  missing,
  children,
}: {
  readonly missing: readonly Missing[];
  readonly children?: ComponentChildren;
}) {
  const list = missing.map((each) => say(`setUp.missing.${each}`)).join(', ');
  return (
    <p class="notice">
      {say('setUp.stillMissing', { list })} {children}
    </p>
  );
}
