import { useRoute } from 'preact-iso';
import { hasRole } from '../api/session.js';
import { Heading } from '../kit/heading.js';
import { lazily } from '../kit/lazily.js';
import { Tabs } from '../kit/tabs.js';
import { useTitle } from '../kit/title.js';
import { say } from '../texts.js';
import { State } from './state.js';

const parts = {
  '/system/settings': lazily(() => import('./versions.js')),
  '/system/backup': lazily(() => import('./backup.js')),
  '/system/update': lazily(() => import('./update.js')),
  '/system/users': lazily(() => import('./users.js')),
  '/system/network': lazily(() => import('./network.js')),
  '/system/support': lazily(() => import('./support.js')),
} as const;
type PartPath = keyof typeof parts;

const isPart = (path: string): path is PartPath => path in parts;

/** What the box is, what it has to say, and how it is looked after. */
export default function System() {
  useTitle(say('place.system'));
  const { path } = useRoute();
  const Part = isPart(path) && hasRole() ? parts[path] : State;
  const tabs = [
    { path: '/system', name: say('system.state') },
    { path: '/system/settings', name: say('system.versions') },
    { path: '/system/backup', name: say('system.backup') },
    { path: '/system/update', name: say('system.update') },
    { path: '/system/users', name: say('system.users') },
    { path: '/system/network', name: say('system.network') },
    { path: '/system/support', name: say('system.support') },
  ];
  return (
    <>
      <Heading>{say('place.system')}</Heading>
      {hasRole() && <Tabs label={say('place.system')} tabs={tabs} path={path} />}
      <Part />
    </>
  );
}
