import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { say } from '../texts.js';
import { membersOf, type Settings } from './set-up-data.js';

/** Who can listen on the page; where nobody can, what it takes. */
export function InTheBrowser({ settings }: { readonly settings: Settings }) {
  const users = useMemo(() => new Resource(() => ask('GET', '/users', {})), []);
  useEffect(() => users.refresh(), [users]);
  const shown = users.value.value;
  if (!shown) return null;
  const moderators = settings.profiles.flatMap((profile) => membersOf(settings, profile.moderators));
  const user = shown.entries.find(
    ({ roles, extension }) => roles.includes('moderator') && extension !== null && moderators.includes(extension),
  );
  if (user) return <p>{say('setUp.inBrowser', { name: user.name })}</p>;
  return (
    <p>
      {say('setUp.notInBrowser')} <a href="/system/users">{say('setUp.toUsers')}</a>
    </p>
  );
}
