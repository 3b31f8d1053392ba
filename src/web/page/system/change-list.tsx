import type { SettingsChange } from '../api/settings-change.js';
import type { OutputOf } from '../api/table.js';
import { changeParts, type NameOf } from '../kit/change-text.js';
import { say } from '../texts.js';

type Change = OutputOf<'GET', '/settings/versions'>['entries'][number]['changes'][number];

interface ChangeListProps {
  readonly changes: readonly Change[];
  /** How many are not listed. */
  readonly more: number | null;
  readonly nameOf: NameOf;
}

/** What differs between two versions of the settings: what was, struck out, then what is. Of a secret only its place is known. */
export function ChangeList({ changes, more, nameOf }: ChangeListProps) {
  if (changes.length === 0) return <p class="note">{say('system.noChanges')}</p>;
  return (
    <>
      <ul class="changes">
        {changes.map((change) => (
          <li key={change.path.join(' ')}>
            <ChangeText change={change} nameOf={nameOf} />
          </li>
        ))}
      </ul>
      {more !== null && <p class="note">{say('system.moreChanges', { count: more })}</p>}
    </>
  );
}

function ChangeText({ change, nameOf }: { readonly change: SettingsChange; readonly nameOf: NameOf }) {
  const { place, before, after, instead } = changeParts(change, nameOf);
  return (
    <>
      <span class="change-place">{place}</span>{' '}
      {instead ?? (
        <>
          {before !== null && (
            <del>
              <span class="unseen">{say('system.was')} </span>
              {before}
            </del>
          )}{' '}
          {after !== null && (
            <ins>
              <span class="unseen">{say('system.is')} </span>
              {after}
            </ins>
          )}
        </>
      )}
    </>
  );
}

/** The same changes as they look when they are taken back. */
export const takenBack = (changes: readonly Change[]): Change[] =>
  changes.map(({ before, after, ...change }) => ({
    ...change,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  }));
