import { type Signal, signal } from '@preact/signals';

/** What was typed or chosen in this browser, kept for the next time. */
export function remembered(name: string): Signal<string> {
  const key = `modcall.${name}`;
  const kept = signal(localStorage.getItem(key) ?? '');
  kept.subscribe((value) => {
    if (value === '') localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  });
  return kept;
}
