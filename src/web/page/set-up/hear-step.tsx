import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { watchEvents } from '../api/events.js';
import { Resource } from '../api/resource.js';
import { useForm } from '../kit/form/form.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { FrontPanelLink } from './front-panel-link.js';
import { panelCallIn } from './panel-call.js';
import type { Settings } from './set-up-data.js';
import { pathOf, type SetUp } from './steps.js';
import { WhatIsMissing } from './what-is-missing.js';

interface HearStepProps {
  readonly setUp: SetUp;
  readonly settings: Settings;
  /** Where the telephones at a simulated board are; null where there is none. */
  readonly frontPanel: string | null;
  readonly onChanged: () => void;
}

/** The end: a call to listen to, and how. It says when somebody does. */
export function HearStep({ setUp: { missing, demoCall }, settings, frontPanel, onChanged }: HearStepProps) {
  const [profile] = settings.profiles;
  const hasHotline = settings.analogPhones.some(({ onLift }) => onLift.kind === 'call');
  return (
    <>
      <Heading>{say('setUp.hear')}</Heading>
      {missing.length > 0 ? <WhatIsMissing missing={missing} /> : <p>{say('setUp.hearAbout')}</p>}
      {profile && (
        <section class="card hear">
          {demoCall.isPossible && <DemoCall pair={demoCall.pair} onChanged={onChanged} />}
          {demoCall.obstacle === 'tooFew' && <TooFew />}
          {demoCall.obstacle === 'notHere' && <p>{say('setUp.noDemoPhones')}</p>}
          {frontPanel && <PanelCallText settings={settings} address={frontPanel} />}
          <p>{say('setUp.thenDial', { service: profile.service })}</p>
          {hasHotline && <p>{say('setUp.orLift')}</p>}
          <Heard />
        </section>
      )}
      <div class="buttons">
        <a class="button" href={pathOf('country')}>
          {say('setUp.goOn')}
        </a>
        <a class="button main" href="/">
          {say('setUp.toLive')}
        </a>
      </div>
    </>
  );
}

/** What the built-in phones still need, and where it is to be had. */
const TooFew = () => (
  <>
    <p class="notice">{say('setUp.tooFew')}</p>
    <p>
      <a href={pathOf('phones')}>{say('setUp.addPhones')}</a> ·{' '}
      <a href="/listening/consent">{say('setUp.toConsent')}</a> · <a href="/people/groups">{say('setUp.toGroups')}</a>
    </p>
  </>
);

/** How somebody makes a call at the simulated board that can be listened to. */
function PanelCallText({ settings, address }: { readonly settings: Settings; readonly address: string }) {
  const call = panelCallIn(settings);
  return (
    <p>
      {call ? say('setUp.panelCall', call) : say('setUp.noPanelCall')} <FrontPanelLink address={address} />
    </p>
  );
}

/** Lets the built-in phones talk, and says when they do. */
function DemoCall({ pair, onChanged }: { readonly pair: SetUp['demoCall']['pair']; readonly onChanged: () => void }) {
  const calls = useLive('calls', () => ask('GET', '/calls', {}));
  const form = useForm(async () => {
    try {
      await (pair ? ask('DELETE', '/demo-call', {}) : ask('POST', '/demo-call', {}));
    } finally {
      onChanged();
    }
  });
  const isTalking = calls.value.value?.entries.some(
    ({ state, from }) => state === 'talking' && from.number === pair?.caller,
  );
  return (
    <form onSubmit={form.submit}>
      <ProblemText problem={form.problem.value} />
      <p role="status">{pair && (isTalking ? say('setUp.talk', pair) : say('setUp.waiting'))}</p>
      <button type="submit" class={pair ? '' : 'main'} disabled={form.isBusy.value}>
        {say(pair ? 'setUp.endCall' : 'setUp.beginCall')}
      </button>
    </form>
  );
}

/** That somebody listens. */
function Heard() {
  const monitors = useLive('monitors', () => ask('GET', '/monitors', {}));
  const [monitor] = monitors.value.value?.entries.filter(({ mode }) => mode !== null) ?? [];
  return (
    <p role="status" class="heard">
      {monitor && say('setUp.listening', monitor)}
    </p>
  );
}

/** What comes of an event may be there only a moment after it was told. */
const settlingMs = 1000;

function useLive<Value>(kind: 'calls' | 'monitors', asked: () => Promise<Value>): Resource<Value> {
  const resource = useMemo(() => new Resource(asked), [kind]);
  useEffect(
    () =>
      watchEvents([kind], () => {
        resource.refresh();
        setTimeout(() => resource.refresh(), settlingMs);
      }),
    [resource],
  );
  return resource;
}
