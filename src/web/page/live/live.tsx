import { useEffect, useMemo } from 'preact/hooks';
import { hasRole } from '../api/session.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { useTitle } from '../kit/title.js';
import { OwnAskers } from '../listening/own-askers.js';
import { OwnHelp } from '../listening/own-help.js';
import { OwnListening } from '../listening/own-listening.js';
import { say } from '../texts.js';
import { Calls } from './calls.js';
import { Facts } from './facts.js';
import { LastCalls } from './last-calls.js';
import { LetTalk } from './let-talk.js';
import { Lines } from './lines.js';
import { LiveData } from './live-data.js';
import { OtherMonitors } from './other-monitors.js';
import { OwnCall } from './own-call.js';
import { Phones } from './phones.js';
import { ToSetUp } from './to-set-up.js';
import { Warnings } from './warnings.js';

/** What goes on in the box: who talks, who listens, and how the box is. */
export function Live() {
  useTitle(say('place.live'));
  const data = useMemo(() => new LiveData(), []);
  useEffect(() => data.follow(), [data]);
  const { calls, monitors, state, licence, phones, lines, records, setUp } = data.resources;
  const problem = [calls, monitors, state].map((each) => each.problem.value).find((each) => each !== null);
  return (
    <>
      <Heading>{say('place.live')}</Heading>
      <ProblemText problem={problem ?? null} />
      <p role="status" class="note">
        {data.isLoading && say('live.loading')}
      </p>
      {setUp.value.value && <ToSetUp missing={setUp.value.value.missing} />}
      {state.value.value && <Warnings state={state.value.value} licence={licence.value.value} />}
      {state.value.value && <Facts state={state.value.value} licence={licence.value.value} />}
      <OwnAskers />
      <OwnHelp />
      <OwnListening />
      {calls.value.value && (
        <Calls calls={calls.value.value.entries}>
          <LetTalk setUp={setUp} />
        </Calls>
      )}
      {monitors.value.value && (
        <OtherMonitors
          monitors={monitors.value.value.entries}
          calls={calls.value.value?.entries ?? []}
          onEnded={() => monitors.refresh()}
        />
      )}
      {hasRole('member') && <OwnCall onEnded={() => monitors.refresh()} />}
      {records.value.value && <LastCalls records={records.value.value.entries} />}
      {phones.value.value && <Phones phones={phones.value.value.entries} />}
      {lines.value.value && <Lines lines={lines.value.value.entries} />}
    </>
  );
}
