import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { Dialog } from '../kit/dialog.js';
import { useForm } from '../kit/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';

/** Takes the licence key out of use, after it was asked: nobody can listen then. */
export function RemoveLicence({ onRemoved }: { readonly onRemoved: () => void }) {
  const isAsked = useSignal(false);
  const close = () => {
    isAsked.value = false;
  };
  const form = useForm(async () => {
    await ask('DELETE', '/licence', {});
    close();
    announce(say('licence.removed'));
    onRemoved();
  });
  return (
    <p>
      <button
        type="button"
        onClick={() => {
          isAsked.value = true;
        }}
      >
        {say('licence.remove')}
      </button>
      {isAsked.value && (
        <Dialog title={say('licence.remove')} onClose={close}>
          <p>{say('licence.removeAbout')}</p>
          <form onSubmit={form.submit}>
            <ProblemText problem={form.problem.value} />
            <div class="buttons">
              <button type="button" onClick={close}>
                {say('shell.cancel')}
              </button>
              <button type="submit" class="main danger" disabled={form.isBusy.value}>
                {say('licence.remove')}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </p>
  );
}
