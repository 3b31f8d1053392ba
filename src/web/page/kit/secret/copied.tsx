import { say } from '../../texts.js';
import { announce } from '../announcements.js';

interface CopiedProps {
  readonly text: string;
  /** What it is, where there are several. */
  readonly name?: string;
  readonly class?: string;
}

/** A secret, which can be copied where the browser allows that. */
export function Copied({ text, name, class: named }: CopiedProps) {
  const copy = () => navigator.clipboard?.writeText(text).then(() => announce(say('form.copied')));
  return (
    <span class="secret-once">
      <code class={named}>{text}</code>
      {window.isSecureContext && (
        <button type="button" aria-label={name && say('form.copyOf', { name })} onClick={() => void copy()}>
          {say('form.copy')}
        </button>
      )}
    </span>
  );
}
