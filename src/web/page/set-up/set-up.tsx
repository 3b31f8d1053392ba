import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { AgreementText } from '../agreement/agreement-note.js';
import { ProblemText } from '../kit/problem-text.js';
import { useTitle } from '../kit/title.js';
import { say } from '../texts.js';
import { CountryStep } from './country-step.js';
import { HearStep } from './hear-step.js';
import { LicenceStep } from './licence-step.js';
import { ModeratorStep } from './moderator-step.js';
import type { MadePhone } from './new-phones.js';
import { NoticeStep } from './notice-step.js';
import { PhonesStep } from './phones-step.js';
import { SetUpData } from './set-up-data.js';
import { StepList } from './step-list.js';
import { after, isDone, type LaterStep, laterSteps, nextOf, pathOf } from './steps.js';

/** Sets up a new box. Each step is a change like any other, so it can be left and taken up again at any of them. */
export default function SetUpPlace() {
  useTitle(say('setUp.title'));
  const data = useMemo(() => new SetUpData(), []);
  useEffect(() => data.refresh(), [data]);
  const { setUp, settings, state } = data;
  const problem = [setUp, settings, state].map((each) => each.problem.value).find((each) => each !== null);
  return (
    <>
      <ProblemText problem={problem ?? null} />
      <Taken data={data} />
    </>
  );
}

function Taken({ data }: { readonly data: SetUpData }) {
  const { query, route } = useLocation();
  const made = useSignal<readonly MadePhone[]>([]);
  const begunAt = useSignal<LaterStep | null>(null);
  const [setUp, present, state] = [data.setUp, data.settings, data.state].map((each) => each.value.value) as [
    (typeof data.setUp.value)['value'],
    (typeof data.settings.value)['value'],
    (typeof data.state.value)['value'],
  ];
  if (!setUp || !present || !state)
    return (
      <p role="status" class="note">
        {say('live.loading')}
      </p>
    );
  begunAt.value ??= nextOf(setUp.missing);
  const step = laterSteps.find((each) => each === query.step) ?? begunAt.value;
  const refresh = () => data.refresh();
  const done = () => {
    refresh();
    route(pathOf(after(step)));
  };
  const frontPanel = data.ways.value.value?.frontPanel ?? null;
  const server = `${state.addresses[0] ?? location.hostname}:${setUp.sipPort ?? present.settings.sip.port}`;
  return (
    <div class="set-up">
      <StepList present={step} missing={setUp.missing} />
      {step === 'country' && <CountryStep present={present} isDone={isDone(step, setUp.missing)} onDone={done} />}
      {step === 'phones' && (
        <PhonesStep
          present={present}
          onDone={refresh}
          made={made}
          server={server}
          hasBuiltIn={setUp.demoCall.obstacle !== 'notHere'}
          frontPanel={frontPanel}
        />
      )}
      {step === 'moderator' && <ModeratorStep present={present} onDone={done} />}
      {step === 'notice' && (
        <>
          <NoticeStep present={present} onDone={done} />
          <AgreementText />
        </>
      )}
      {step === 'licence' && <LicenceStep onEntered={refresh} />}
      {step === 'hear' && (
        <HearStep setUp={setUp} settings={present.settings} frontPanel={frontPanel} onChanged={refresh} />
      )}
    </div>
  );
}
