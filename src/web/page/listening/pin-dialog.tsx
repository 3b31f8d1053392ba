import { Dialog } from '../kit/dialog.js';
import { Field } from '../kit/field.js';
import { useForm } from '../kit/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';

interface PinDialogProps {
  readonly begin: (pin: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks for the PIN with which a moderator listens. */
export function PinDialog({ begin, onClose }: PinDialogProps) {
  const form = useForm(async ({ pin = '' }) => {
    await begin(pin.trim());
    onClose();
  });
  return (
    <Dialog title={say('listening.begin')} onClose={onClose}>
      <form onSubmit={form.submit}>
        <ProblemText problem={form.problem.value} />
        <Field
          name="pin"
          type="password"
          label={say('listening.pin')}
          hint={say('listening.pinAbout')}
          maxLength={10}
          isNeeded
          isFirst
          fault={form.problem.value?.faultAt('pin')}
        />
        <div class="buttons">
          <button type="button" onClick={onClose}>
            {say('shell.cancel')}
          </button>
          <button type="submit" class="main" disabled={form.isBusy.value}>
            {say('listening.begin')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
