import { useSignal } from '@preact/signals';
import type { Fault } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
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
  const differs = useSignal<Fault | undefined>(undefined);
  const form = useForm(async ({ pin = '', again }) => {
    differs.value = pin === again ? undefined : { path: ['again'], code: '', text: say('people.pinsDiffer') };
    if (differs.value) return;
    await ask('PUT', '/pins/{number}', { number: holder.number, pin }, '*');
    announce(say('people.pinSet', holder));
    await onSet();
  });
  return (
    <Dialog title={say('people.setPinOf', holder)} onClose={onClose}>
      <form class="editor" onSubmit={form.submit}>
        <ProblemText problem={form.problem.value} />
        <Field
          name="pin"
          type="pin"
          label={say('people.newPin')}
          hint={say('people.newPinHint')}
          autocomplete="new-password"
          maxLength={10}
          isNeeded
          isFirst
        />
        <Field
          name="again"
          type="pin"
          label={say('people.pinAgain')}
          autocomplete="new-password"
          maxLength={10}
          fault={differs.value}
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
