import type { OutputOf } from '../api/table.js';
import { say } from '../texts.js';

type Change = OutputOf<'GET', '/settings/versions'>['entries'][number]['changes'][number];

interface ChangeListProps {
  readonly changes: readonly Change[];
  /** How many are not listed. */
  readonly more: number | null;
}

/** What differs between two versions of the settings: what was, struck out, then what is. Of a secret only its place is known. */
export function ChangeList({ changes, more }: ChangeListProps) {
  if (changes.length === 0) return <p class="note">{say('system.noChanges')}</p>;
  return (
    <>
      <ul class="changes">
        {changes.map((change) => (
          <li key={change.path.join(' ')}>
            <span class="change-place">{change.path.join(' › ')}</span>{' '}
            {change.secret ? (
              <span class="note">{say('system.secretChanged')}</span>
            ) : (
              <>
                {change.before !== undefined && <del>{JSON.stringify(change.before)}</del>}{' '}
                {change.after !== undefined && <ins>{JSON.stringify(change.after)}</ins>}
              </>
            )}
          </li>
        ))}
      </ul>
      {more !== null && <p class="note">{say('system.moreChanges', { count: more })}</p>}
    </>
  );
}
