import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { findEveryFault } from '../kit/form/every-fault.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { requirePin } from '../kit/form/new-secret.js';
import { requireTwice } from '../kit/form/twice.js';
import { ProblemText } from '../kit/problem-text.js';
import { Dialog } from '../kit/question/dialog.js';
import { say } from '../texts.js';
import type { PinHolder } from './people-data.js';

interface SetPinProps {
  readonly holder: PinHolder;
  readonly onClose: () => void;
  readonly onSet: () => unknown;
}

/** Gives a moderator a PIN, typed twice since nobody sees it. */
export function SetPin({ holder, onClose, onSet }: SetPinProps) {
  const form = useForm(
    async ({ pin = '', again = '' }) => {
      requirePin(pin, holder.number);
      requireTwice(pin, again);
      await ask('PUT', '/pins/{number}', { number: holder.number, pin }, '*');
      announce(say('people.pinSet', holder));
      await onSet();
    },
    ({ pin = '', again = '' }) =>
      findEveryFault(
        () => requirePin(pin, holder.number),
        () => requireTwice(pin, again),
      ),
  );
  return (
    <Dialog title={say('people.setPinOf', holder)} onClose={onClose}>
      <form class="editor" {...form.on}>
        <ProblemText problem={form.problem.value} fields={['pin', 'again']} />
        <Field
          name="pin"
          type="pin"
          label={say('people.newPin')}
          hint={say('people.newPinHint')}
          autocomplete="new-password"
          maxLength={10}
          fault={form.faultAt('pin')}
          isNeeded
          isFirst
        />
        <Field
          name="again"
          type="pin"
          label={say('people.pinAgain')}
          autocomplete="new-password"
          maxLength={10}
          fault={form.faultAt('again')}
          isNeeded
        />
        <div class="buttons">
          <button type="button" onClick={onClose}>
            {say('shell.cancel')}
          </button>
          <button type="submit" class="main" disabled={form.isBusy.value}>
            {say('people.setPin')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
