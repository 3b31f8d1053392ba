import type { ComponentChildren } from 'preact';
import { say } from '../texts.js';
import { ConflictText } from './conflict-text.js';
import { Dialog } from './dialog.js';
import type { Edit } from './edit.js';
import { ProblemText } from './problem-text.js';
import { mayDiscard, useUnsaved } from './unsaved.js';

interface EditorProps {
  readonly title: string;
  readonly edit: Edit;
  /** The fields that show what is wrong with them; other mistakes stand at the top. */
  readonly fields: readonly string[];
  readonly children: ComponentChildren;
  /** Beside the buttons at the end, such as what removes it. */
  readonly aside?: ComponentChildren;
  readonly onClose: () => void;
}

/** Something that is changed, in front of the list that it is taken from. */
export function Editor({ title, edit, fields, children, aside, onClose }: EditorProps) {
  const isChanged = () => edit.isChanged.value;
  useUnsaved(isChanged);
  return (
    <Dialog title={title} size="large" onClose={onClose} mayClose={() => mayDiscard(isChanged())}>
      <form class="editor" onInput={edit.onInput} onSubmit={edit.onSubmit} noValidate>
        {children}
        <ProblemText problem={edit.problem.value} fields={fields} />
        <ConflictText conflict={edit.conflict.value} />
        <div class="buttons">
          {aside}
          <button
            type="button"
            onClick={() => {
              if (mayDiscard(isChanged())) onClose();
            }}
          >
            {say('shell.cancel')}
          </button>
          <button type="submit" class="main" disabled={edit.isBusy.value}>
            {say('form.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
