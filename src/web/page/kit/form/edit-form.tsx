import type { ComponentChildren } from 'preact';
import { say } from '../../texts.js';
import { ProblemText } from '../problem-text.js';
import { ConflictText } from './conflict-text.js';
import type { Edit } from './edit.js';
import { useUnsaved } from './unsaved.js';

interface EditFormProps {
  readonly edit: Edit;
  /** The fields that show what is wrong with them; other mistakes stand above the button. */
  readonly fields: readonly string[];
  /** What the button says, where it does not save. */
  readonly action?: string;
  readonly children: ComponentChildren;
}

/** Something that is changed where it is shown. */
export function EditForm({ edit, fields, action, children }: EditFormProps) {
  useUnsaved(() => edit.isChanged.value);
  return (
    <form class="card editor narrow" onInput={edit.onInput} onSubmit={edit.onSubmit} noValidate>
      {children}
      <ProblemText problem={edit.problem.value} fields={fields} />
      <ConflictText conflict={edit.conflict.value} />
      <div class="buttons">
        <button type="submit" class="main" disabled={edit.isBusy.value}>
          {action ?? say('form.save')}
        </button>
      </div>
    </form>
  );
}
