import { useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { useSettingsChanges } from '../api/settings-changes.js';
import type { OutputOf } from '../api/table.js';
import { namesIn } from '../kit/change-text.js';
import { ProblemText } from '../kit/problem-text.js';
import { AskedButton } from '../kit/question/asked-button.js';
import { momentText } from '../kit/times.js';
import { say } from '../texts.js';
import { ChangeList, takenBack } from './change-list.js';

type Version = OutputOf<'GET', '/settings/versions'>['entries'][number];

/** Who changed which settings, and the way back. */
export default function Versions() {
  const versions = useMemo(() => new Resource(() => ask('GET', '/settings/versions', {})), []);
  const settings = useMemo(() => new Resource(() => ask('GET', '/settings', {})), []);
  const refresh = () => {
    versions.refresh();
    settings.refresh();
  };
  useSettingsChanges(refresh);
  const nameOf = namesIn(settings.value.value?.settings);
  const entries = versions.value.value?.entries ?? [];
  const [present, ...earlier] = entries;
  return (
    <>
      <p class="lead">{say('system.versionsAbout')}</p>
      <ProblemText problem={versions.problem.value} />
      {present && earlier.length > 0 && (
        <p>
          <AskedButton
            name={say('system.undo')}
            about={say('system.undoAbout')}
            done={say('system.restored')}
            act={async () => {
              await ask('POST', '/settings/undo', {}, present.version);
              refresh();
            }}
          >
            <ChangeList changes={takenBack(present.changes)} more={present.more} nameOf={nameOf} />
          </AskedButton>
        </p>
      )}
      <ol class="versions">
        {entries.map((version) => (
          <li key={version.version} class="card">
            <h2>
              {say('system.versionNumber', { version: version.version })}{' '}
              <span class="note">
                {momentText(version.at)} · {authorText(version.by)}
              </span>
            </h2>
            <ChangeList changes={version.changes} more={version.more} nameOf={nameOf} />
            {present && version !== present && (
              <RestoreVersion version={version.version} basis={present.version} onRestored={refresh} />
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

function authorText({ kind, name }: Version['by']): string {
  if (kind === 'file' || kind === 'box') return say(`system.byKind.${kind}`);
  return say('system.byName', { name, kind: say(`system.byKind.${kind}`) });
}

interface RestoreVersionProps {
  readonly version: number;
  readonly basis: number;
  readonly onRestored: () => void;
}

function RestoreVersion({ version, basis, onRestored }: RestoreVersionProps) {
  return (
    <AskedButton
      name={say('system.goBack')}
      label={say('system.goBackTo', { version })}
      about={say('system.goBackAbout', { version })}
      done={say('system.restored')}
      act={async () => {
        await ask('POST', '/settings/versions/{version}/restore', { version }, basis);
        onRestored();
      }}
    />
  );
}
