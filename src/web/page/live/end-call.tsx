import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { Dialog } from '../kit/question/dialog.js';
import { say } from '../texts.js';
import { PartyName } from './party-name.js';
import type { Call } from './sources.js';

const longestNote = 200;

/** Asks before a call is ended: those who talk would not know why. */
export function EndCall({ call, onDone }: { readonly call: Call; readonly onDone: () => void }) {
  const form = useForm(async ({ note = '' }) => {
    await ask('POST', '/calls/{call}/end', { call: call.call, note: note.trim() || null });
    announce(say('live.callEnded'));
    onDone();
  });
  return (
    <Dialog title={say('live.endCall')} onClose={onDone}>
      <p class="between">
        <PartyName party={call.from} />
        <PartyName party={call.to} />
      </p>
      <p>{say('live.endCallAbout')}</p>
      <form {...form.on}>
        <ProblemText problem={form.problem.value} />
        <Field name="note" label={say('live.note')} hint={say('live.noteHint')} maxLength={longestNote} />
        <div class="buttons">
          <button type="button" onClick={onDone}>
            {say('shell.cancel')}
          </button>
          <button type="submit" class="main danger" disabled={form.isBusy.value}>
            {say('live.endCall')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
