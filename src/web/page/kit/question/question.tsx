import type { ComponentChildren } from 'preact';
import type { Conflict } from '../../api/send-against.js';
import { say } from '../../texts.js';
import { ConflictText } from '../form/conflict-text.js';
import type { Form } from '../form/form.js';
import { ProblemText } from '../problem-text.js';
import { Dialog } from './dialog.js';

interface QuestionProps {
  readonly title: string;
  /** What the button says that does it. */
  readonly action: string;
  /** Whether something is lost by it. */
  readonly isDanger: boolean;
  readonly form: Form;
  readonly conflict?: Conflict | null;
  /** What comes of it, and fields. */
  readonly children: ComponentChildren;
  readonly onClose: () => void;
}

/** What is done only after it was asked. */
export function Question({ title, action, isDanger, form, conflict = null, children, onClose }: QuestionProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="editor" {...form.on}>
        {children}
        <ProblemText problem={form.problem.value} />
        <ConflictText conflict={conflict} />
        <div class="buttons">
          <button type="button" onClick={onClose}>
            {say('shell.cancel')}
          </button>
          <button type="submit" class={isDanger ? 'main danger' : 'main'} disabled={form.isBusy.value}>
            {action}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
