import { useRoute } from 'preact-iso';
import { hasRole } from '../api/session.js';
import { Heading } from '../kit/heading.js';
import { Tabs } from '../kit/tabs.js';
import { useTitle } from '../kit/title.js';
import { say } from '../texts.js';
import { Audit } from './audit.js';
import { Calls } from './calls.js';
import { Report } from './report.js';

/** What was: who listened to whom and what was changed, and who called whom. */
export default function Record() {
  useTitle(say('place.record'));
  const { path } = useRoute();
  const isReport = path === '/record/report' && hasRole('council');
  const isCalls = path === '/record/calls' && hasRole();
  const tabs = [
    { path: '/record', name: say('record.audit') },
    { path: '/record/report', name: say('record.report') },
    ...(hasRole() ? [{ path: '/record/calls', name: say('record.calls') }] : []),
  ];
  return (
    <>
      <Heading>{say('place.record')}</Heading>
      {hasRole('council') && <Tabs label={say('place.record')} tabs={tabs} path={path} />}
      {isCalls && <Calls />}
      {isReport && <Report />}
      {!isCalls && !isReport && <Audit />}
    </>
  );
}
