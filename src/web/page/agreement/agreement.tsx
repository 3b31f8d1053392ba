import { useEffect } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { hasRole } from '../api/session.js';
import { Heading } from '../kit/heading.js';
import { lazily } from '../kit/lazily.js';
import { ProblemText } from '../kit/problem-text.js';
import { Tabs } from '../kit/tabs.js';
import { useTitle } from '../kit/title.js';
import { say } from '../texts.js';
import { agreement } from './agreement-data.js';
import { History } from './history.js';
import { InForce } from './in-force.js';
import { Periods } from './periods.js';

/** Signing brings its own arithmetic along. */
const Draft = lazily(() => import('./draft.js'));

/** What employer and works council have signed about listening, and how it is changed. */
export default function Agreement() {
  useTitle(say('place.agreement'));
  const { path } = useRoute();
  useEffect(() => agreement.refresh(), []);
  const tabs = [
    { path: '/agreement', name: say('agreement.tab.inForce') },
    ...(hasRole('council') ? [{ path: '/agreement/draft', name: say('agreement.tab.draft') }] : []),
    { path: '/agreement/periods', name: say('agreement.tab.periods') },
    ...(hasRole('council', 'member') ? [{ path: '/agreement/history', name: say('agreement.tab.history') }] : []),
  ];
  return (
    <>
      <Heading>{say('place.agreement')}</Heading>
      <Tabs label={say('place.agreement')} tabs={tabs} path={path} />
      <ProblemText problem={agreement.problem.value} />
      <Part path={tabs.some((tab) => tab.path === path) ? path : '/agreement'} />
    </>
  );
}

function Part({ path }: { readonly path: string }) {
  const shown = agreement.value.value;
  if (shown === null) return null;
  if (path === '/agreement/draft') return <Draft shown={shown} />;
  if (path === '/agreement/periods') return <Periods shown={shown} />;
  return path === '/agreement/history' ? <History /> : <InForce shown={shown} />;
}
