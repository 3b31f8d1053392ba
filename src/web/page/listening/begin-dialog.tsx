import type { Purpose } from '../agreement/agreement-data.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { Select } from '../kit/form/select.js';
import { ProblemText } from '../kit/problem-text.js';
import { Dialog } from '../kit/question/dialog.js';
import { say } from '../texts.js';

/** What a moderator says before listening; null where it is not asked for. */
export interface Said {
  readonly pin: string | null;
  readonly purpose: string | null;
}

interface BeginDialogProps {
  /** Those to choose from; none where nothing was agreed on. */
  readonly purposes: readonly Purpose[];
  /** Whether the PIN was not shown yet. */
  readonly needsPin: boolean;
  readonly begin: (said: Said) => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks for the PIN with which a moderator listens, and what for. */
export function BeginDialog({ purposes, needsPin, begin, onClose }: BeginDialogProps) {
  const form = useForm(async ({ pin = '', purpose = '' }) => {
    await begin({ pin: pin.trim() || null, purpose: purpose || null });
    onClose();
  });
  const problem = form.problem.value;
  const asksPin = needsPin || problem?.code === 'live.pinNeeded';
  return (
    <Dialog title={say('listening.begin')} onClose={onClose}>
      <form {...form.on}>
        <ProblemText problem={problem} />
        {purposes.length > 0 && (
          <Select
            name="purpose"
            label={say('listening.purpose')}
            hint={say('listening.purposeAbout')}
            choices={[['', say('listening.choosePurpose')], ...purposes.map(({ id, name }) => [id, name] as const)]}
          />
        )}
        {asksPin && (
          <Field
            name="pin"
            type="password"
            label={say('listening.pin')}
            hint={say('listening.pinAbout')}
            maxLength={10}
            isNeeded
            isFirst
            fault={problem?.faultAt('pin')}
          />
        )}
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
