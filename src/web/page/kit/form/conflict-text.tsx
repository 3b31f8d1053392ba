import type { Conflict } from '../../api/send-against.js';
import { say } from '../../texts.js';
import { changeText } from '../change-text.js';

/** What somebody else has changed while this was typed. Nothing is lost: it can be typed on, and saved again. */
export function ConflictText({ conflict }: { readonly conflict: Conflict | null }) {
  return (
    <div role="alert" class={conflict ? 'problem' : ''}>
      {conflict && (
        <>
          <p>{say('form.conflict')}</p>
          {conflict.changes === null && <p>{say('form.conflictUnknown')}</p>}
          <ul>
            {conflict.changes?.map((change) => (
              <li key={change.path.join(' ')}>{changeText(change)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
