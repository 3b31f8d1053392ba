import { ask } from '../api/ask.js';
import { Field } from '../kit/form/field.js';
import { AskedButton } from '../kit/question/asked-button.js';
import { say } from '../texts.js';

/** Asks for the password: whoever finds an open page does not remove it. */
export function RemoveSecondFactor({ onRemoved }: { readonly onRemoved: () => void }) {
  return (
    <p>
      <AskedButton
        name={say('own.remove')}
        about={say('own.removeAbout')}
        done={say('own.removed')}
        isDanger
        act={async ({ password = '' }) => {
          await ask('DELETE', '/own/second-factor', { password });
          onRemoved();
        }}
      >
        <Field
          name="password"
          type="password"
          label={say('own.present')}
          autocomplete="current-password"
          isNeeded
          isFirst
        />
      </AskedButton>
    </p>
  );
}
