import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { session } from '../api/session.js';
import type { OutputOf } from '../api/table.js';
import { say } from '../texts.js';
import { membersOf, type Settings } from './set-up-data.js';

type User = OutputOf<'GET', '/users'>['entries'][number];

/** Who can listen on the page, whoever is signed in before all others; null where nobody can, undefined until that is known. */
export function useBrowserListener(settings: Settings): User | null | undefined {
  const users = useMemo(() => new Resource(() => ask('GET', '/users', {})), []);
  useEffect(() => users.refresh(), [users]);
  const moderators = settings.profiles.flatMap((profile) => membersOf(settings, profile.moderators));
  const found = users.value.value?.entries.filter(
    ({ roles, extension }) => roles.includes('moderator') && extension !== null && moderators.includes(extension),
  );
  return found && (found.find(isOneself) ?? found[0] ?? null);
}

const isOneself = ({ name }: User): boolean => name === session.value?.name;

/** How they listen there. */
export function InTheBrowser({ listener }: { readonly listener: User }) {
  if (!isOneself(listener)) return <>{say('setUp.inBrowser', { name: listener.name })}</>;
  return (
    <>
      {say('setUp.inBrowserOneself')} <a href="/">{say('setUp.toLive')}</a>
    </>
  );
}

/** What it takes for somebody to. */
export const NobodyInTheBrowser = () => (
  <p>
    {say('setUp.notInBrowser')} <a href="/system/users">{say('setUp.toUsers')}</a>
  </p>
);
