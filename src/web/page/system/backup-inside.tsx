import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import type { OutputOf } from '../api/table.js';
import { namesIn } from '../kit/change-text.js';
import { Rows } from '../kit/rows.js';
import { datedText } from '../kit/times.js';
import { say } from '../texts.js';
import { ChangeList } from './change-list.js';

/** What a backup is, and what restoring it would change. */
export function BackupInside({ inside }: { readonly inside: OutputOf<'POST', '/backup/explain'> }) {
  const { created, modcall, hardwareId, isOwn, kinds, changes, more, usersAdded, usersRemoved } = inside;
  const settings = useMemo(() => new Resource(() => ask('GET', '/settings', {})), []);
  useEffect(() => settings.refresh(), [settings]);
  return (
    <div class="inside">
      <h3>{say('system.inside')}</h3>
      {!isOwn && <p class="notice">{say('system.otherBox')}</p>}
      <Rows
        rows={[
          [say('system.created'), datedText(created)],
          [say('system.ofBox'), hardwareId ?? '–'],
          [say('system.version'), modcall],
          [say('system.kinds'), kinds.map((kind) => say(`system.kindIs.${kind}`)).join(', ')],
          usersAdded.length > 0 ? [say('system.usersAdded'), usersAdded.join(', ')] : null,
          usersRemoved.length > 0 ? [say('system.usersRemoved'), usersRemoved.join(', ')] : null,
        ]}
      />
      <h3>{say('system.wouldChange')}</h3>
      <ChangeList changes={changes} more={more} nameOf={namesIn(settings.value.value?.settings)} />
    </div>
  );
}
