import { effect, signal } from '@preact/signals';
import { chosen, keep } from '../chosen.js';

export const schemes = ['light', 'dark'] as const;
export type Scheme = (typeof schemes)[number];

const system = matchMedia('(prefers-color-scheme: dark)');

/** Light or dark: as the system has it, until something else is chosen here. */
export const scheme = signal<Scheme>(chosen('scheme', schemes) ?? ofSystem());

system.addEventListener('change', () => {
  scheme.value = chosen('scheme', schemes) ?? ofSystem();
});

effect(() => {
  document.documentElement.dataset.scheme = scheme.value;
});

export function chooseScheme(choice: Scheme): void {
  keep('scheme', choice);
  scheme.value = choice;
}

function ofSystem(): Scheme {
  return system.matches ? 'dark' : 'light';
}
