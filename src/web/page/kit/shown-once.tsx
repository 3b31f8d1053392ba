import { say } from '../texts.js';
import { announce } from './announcements.js';

interface ShownOnceProps {
  readonly text: string;
  readonly class?: string;
}

/** A secret in a list of terms, which can be copied where the browser allows that. */
export function ShownOnce({ text, class: named }: ShownOnceProps) {
  const copy = () => navigator.clipboard?.writeText(text).then(() => announce(say('form.copied')));
  return (
    <dd class="secret-once">
      <code class={named}>{text}</code>
      {window.isSecureContext && (
        <button type="button" onClick={() => void copy()}>
          {say('form.copy')}
        </button>
      )}
    </dd>
  );
}
