import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { say } from '../../texts.js';
import { ProblemText } from '../problem-text.js';
import { Dialog } from '../question/dialog.js';
import { ConflictText } from './conflict-text.js';
import type { Edit } from './edit.js';
import { mayDiscard, useUnsaved } from './unsaved.js';

interface EditorProps {
  readonly title: string;
  readonly edit: Edit;
  /** The fields that show what is wrong with them; other mistakes stand at the top. */
  readonly fields: readonly string[];
  /** What the button says, where it does not save. */
  readonly action?: string;
  readonly children: ComponentChildren;
  /** Beside the buttons at the end, such as what removes it. */
  readonly aside?: ComponentChildren;
  readonly onClose: () => void;
}

/** Something that is changed, in front of the list that it is taken from. */
export function Editor({ title, edit, fields, action, children, aside, onClose }: EditorProps) {
  const isChanged = () => edit.isChanged.value;
  useUnsaved(isChanged);
  const form = useRef<HTMLFormElement>(null);
  const problem = edit.problem.value;
  useEffect(() => {
    if (problem) form.current?.querySelector('[aria-invalid="true"], .problem')?.scrollIntoView({ block: 'center' });
  }, [problem]);
  return (
    <Dialog title={title} size="large" onClose={onClose} mayClose={() => mayDiscard(isChanged())}>
      <form ref={form} class="editor" onInput={edit.onInput} onSubmit={edit.onSubmit} noValidate>
        {children}
        <ProblemText problem={problem} fields={fields} />
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
            {action ?? say('form.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
