import { useEffect, useMemo } from 'preact/hooks';
import { lazy, useRoute } from 'preact-iso';
import { hasRole } from '../api/session.js';
import { useSettingsChanges } from '../api/settings-changes.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { Tabs } from '../kit/tabs.js';
import { useTitle } from '../kit/title.js';
import { say } from '../texts.js';
import { AnalogPhones } from './analog-phones.js';
import { LinesData } from './lines-data.js';
import { Telephony } from './telephony.js';
import { Trunks } from './trunks.js';

const Phones = lazy(() => import('../phones/phones.js'));

/** How often the state of the lines is asked for while somebody looks at it. */
const everyMs = 5000;

/** The ways to the outside, the telephones at the box itself, and what all calls go by. */
export default function Lines() {
  useTitle(say('place.lines'));
  const { path } = useRoute();
  const data = useMemo(() => new LinesData(), []);
  useSettingsChanges(data.refresh);
  useEffect(() => {
    const timer = setInterval(() => data.lines.refresh(), everyMs);
    return () => clearInterval(timer);
  }, [data]);
  const tabs = [
    { path: '/lines', name: say('lines.trunks') },
    { path: '/lines/phones', name: say('phones.phones') },
    { path: '/lines/analog', name: say('lines.analog') },
    ...(hasRole() ? [{ path: '/lines/telephony', name: say('lines.telephony') }] : []),
  ];
  return (
    <>
      <Heading>{say('place.lines')}</Heading>
      <p class="lead">{say('lines.about')}</p>
      <Tabs label={say('place.lines')} tabs={tabs} path={path} />
      <ProblemText problem={data.problem} />
      {path === '/lines' && <Trunks data={data} />}
      {path === '/lines/phones' && <Phones />}
      {path === '/lines/analog' && <AnalogPhones data={data} />}
      {path === '/lines/telephony' && hasRole() && <Telephony data={data} />}
    </>
  );
}
