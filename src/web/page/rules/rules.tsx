import { useMemo } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { hasRole } from '../api/session.js';
import { useSettingsChanges } from '../api/settings-changes.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { Tabs } from '../kit/tabs.js';
import { useTitle } from '../kit/title.js';
import { PeopleData } from '../people/people-data.js';
import { say } from '../texts.js';
import { Consent } from './consent.js';
import { Exclusions } from './exclusions.js';
import { Limits } from './limits.js';
import { Profiles } from './profiles.js';

/** All that decides who may listen to whom. */
export default function Rules() {
  useTitle(say('place.rules'));
  const { path } = useRoute();
  const data = useMemo(() => new PeopleData(), []);
  useSettingsChanges(data.refresh);
  const tabs = [
    { path: '/listening', name: say('rules.profiles') },
    { path: '/listening/consent', name: say('rules.consent') },
    { path: '/listening/exclusions', name: say('rules.exclusions') },
    ...(hasRole() ? [{ path: '/listening/limits', name: say('rules.limits') }] : []),
  ];
  return (
    <>
      <Heading>{say('place.rules')}</Heading>
      <p class="lead">{say('rules.about')}</p>
      <Tabs label={say('place.rules')} tabs={tabs} path={path} />
      <ProblemText problem={data.problem} />
      {path === '/listening' && <Profiles data={data} />}
      {path === '/listening/consent' && <Consent data={data} />}
      {path === '/listening/exclusions' && <Exclusions data={data} />}
      {path === '/listening/limits' && hasRole() && <Limits />}
    </>
  );
}
