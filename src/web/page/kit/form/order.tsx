import { say } from '../../texts.js';
import { announce } from '../announcements.js';
import type { Choice } from './select.js';

interface OrderProps {
  readonly legend: string;
  readonly entries: readonly Choice[];
  readonly onOrder: (values: readonly string[]) => void;
}

/** The order of several, each of which can be put before the one above it. */
export function Order({ legend, entries, onOrder }: OrderProps) {
  const putEarlier = (index: number, button: HTMLButtonElement) => {
    const [above, moved] = entries.slice(index - 1, index + 1);
    if (!above || !moved) return;
    onOrder([...entries.slice(0, index - 1), moved, above, ...entries.slice(index + 1)].map(([value]) => value));
    announce(say('form.movedTo', { name: moved[1], place: index }));
    // A browser takes the focus from what is moved.
    requestAnimationFrame(() => button.focus());
  };
  if (entries.length === 0) return null;
  return (
    <fieldset class="field">
      <legend>{legend}</legend>
      <ol class="order">
        {entries.map(([value, text], index) => (
          <li key={value}>
            <span>{text}</span>
            <button
              type="button"
              aria-label={say('form.earlierOf', { name: text })}
              aria-disabled={index === 0}
              onClick={({ currentTarget }) => putEarlier(index, currentTarget)}
            >
              {say('form.earlier')}
            </button>
          </li>
        ))}
      </ol>
    </fieldset>
  );
}
