import { signal } from '@preact/signals';

const latest = signal('');

/** Lets a screen reader say what has come of something, without moving the focus. */
export function announce(text: string): void {
  // The same text twice would be no change, so nothing would be said.
  latest.value = latest.value === text ? `${text}\u00a0` : text;
}

export function Announcements() {
  return (
    <p class="unseen" role="status">
      {latest.value}
    </p>
  );
}
