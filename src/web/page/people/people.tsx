import { useMemo } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { hasRole } from '../api/session.js';
import { useSettingsChanges } from '../api/settings-changes.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { Tabs } from '../kit/tabs.js';
import { useTitle } from '../kit/title.js';
import { say } from '../texts.js';
import { Extensions } from './extensions.js';
import { Groups } from './groups.js';
import { Moderators } from './moderators.js';
import { PeopleData } from './people-data.js';

/** Extensions, groups and moderators. */
export default function People() {
  useTitle(say('place.people'));
  const { path } = useRoute();
  const data = useMemo(() => new PeopleData(), []);
  useSettingsChanges(data.refresh);
  const tabs = [
    { path: '/people', name: say('people.extensions') },
    { path: '/people/groups', name: say('people.groups') },
    ...(hasRole('council') ? [{ path: '/people/moderators', name: say('people.moderators') }] : []),
  ];
  return (
    <>
      <Heading>{say('place.people')}</Heading>
      <p class="lead">{say('people.about')}</p>
      <Tabs label={say('place.people')} tabs={tabs} path={path} />
      <ProblemText problem={data.problem} />
      {path === '/people/groups' && <Groups data={data} />}
      {path === '/people/moderators' && <Moderators data={data} />}
      {path === '/people' && <Extensions data={data} />}
    </>
  );
}
