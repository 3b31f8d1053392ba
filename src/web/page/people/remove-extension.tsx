import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { Check } from '../kit/check.js';
import { Confirm } from '../kit/confirm.js';
import { say } from '../texts.js';
import type { Extension } from './people-data.js';

interface RemoveExtensionProps {
  readonly extension: Extension;
  readonly version: number;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}

/** Removes an extension after it was asked; the box says who names it. */
export function RemoveExtension({ extension: { number, name }, version, onClose, onRemoved }: RemoveExtensionProps) {
  return (
    <Confirm
      title={say('people.remove', { number })}
      action={say('form.remove')}
      onClose={onClose}
      place={['extensions', number]}
      version={version}
      send={(basis, { cascade }) =>
        ask('DELETE', '/extensions/{number}', { number, cascade: cascade !== undefined }, basis)
      }
      onDone={() => {
        announce(say('people.removed', { number }));
        onRemoved();
      }}
    >
      <p>
        <strong>{name}</strong> <span class="note">{number}</span>
      </p>
      <p>{say('people.removeAbout')}</p>
      <Check name="cascade" label={say('people.removeCascade')} isChecked={true} />
    </Confirm>
  );
}
