import { ask } from '../api/ask.js';
import { Check } from '../kit/form/check.js';
import { RemoveEntry } from '../kit/question/remove-entry.js';
import { say } from '../texts.js';
import type { Extension } from './people-data.js';

interface RemoveExtensionProps {
  readonly extension: Extension;
  readonly version: number;
  readonly onClose: () => void;
  readonly onRemoved: () => unknown;
}

/** Removes an extension after it was asked; the box says who names it. */
export function RemoveExtension({ extension: { number, name }, version, onClose, onRemoved }: RemoveExtensionProps) {
  return (
    <RemoveEntry
      title={say('people.remove', { number })}
      onClose={onClose}
      place={['extensions', number]}
      version={version}
      send={(basis, { cascade }) =>
        ask('DELETE', '/extensions/{number}', { number, cascade: cascade !== undefined }, basis)
      }
      gone={say('people.removed', { number })}
      onRemoved={onRemoved}
    >
      <p>
        <strong>{name}</strong> <span class="note">{number}</span>
      </p>
      <p>{say('people.removeAbout')}</p>
      <Check name="cascade" label={say('people.removeCascade')} isChecked={true} />
    </RemoveEntry>
  );
}
