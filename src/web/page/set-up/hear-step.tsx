import { useEffect, useMemo } from 'preact/hooks';
import type { EventKind } from '../../../admin/event-kinds.js';
import { ask } from '../api/ask.js';
import { watchEvents } from '../api/events.js';
import { Resource } from '../api/resource.js';
import { Heading } from '../kit/heading.js';
import { namesOf } from '../live/monitor-names.js';
import { say } from '../texts.js';
import { DemoCallButton } from './demo-call-button.js';
import { FrontPanelLink } from './front-panel-link.js';
import { InTheBrowser, NobodyInTheBrowser, useBrowserListener } from './in-the-browser.js';
import { panelCallIn } from './panel-call.js';
import { Ready } from './ready.js';
import { handsetIn, type Settings } from './set-up-data.js';
import { nextOf, pathOf, type SetUp } from './steps.js';

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
  const listener = useBrowserListener(settings);
  // Phones that have registered meanwhile may leave nobody in whose place the built-in ones could talk.
  useEffect(() => onEvents(['registrations'], onChanged), []);
  return (
    <>
      <Heading>{say('setUp.hear')}</Heading>
      <Ready missing={missing} settings={settings} hasFrontPanel={frontPanel !== null} />
      {profile && (
        <section class="card hear">
          <ol>
            <li>
              {demoCall.isPossible && <DemoCall demoCall={demoCall} onChanged={onChanged} />}
              {demoCall.obstacle === 'tooFew' && <TooFew />}
              {demoCall.obstacle === 'notHere' && <p>{say('setUp.noDemoPhones')}</p>}
            </li>
            {listener ? (
              <li>
                <InTheBrowser listener={listener} />
              </li>
            ) : (
              <>
                <li>
                  <AskedForPin settings={settings} service={profile.service} frontPanel={frontPanel} />
                </li>
                <li>{say('setUp.onceMore')}</li>
              </>
            )}
          </ol>
          <Heard />
          {listener && (
            <p>
              {say('setUp.orByPhone')}{' '}
              <AskedForPin settings={settings} service={profile.service} frontPanel={frontPanel}>
                {say('setUp.onceMore')}
              </AskedForPin>
            </p>
          )}
          {handsetIn(settings) && <p>{say('setUp.orDial', { service: profile.service })}</p>}
          {listener === null && <NobodyInTheBrowser />}
          {frontPanel && <PanelCallText settings={settings} address={frontPanel} />}
        </section>
      )}
      <div class="buttons">
        <a class="button" href={pathOf(missing.length > 0 ? nextOf(missing) : 'country')}>
          {say(missing.length > 0 ? 'setUp.goOn' : 'setUp.again')}
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
    <p>{say('setUp.tooFew')}</p>
    <p>
      <a href={pathOf('phones')}>{say('setUp.addPhones')}</a> ·{' '}
      <a href="/listening/consent">{say('setUp.toConsent')}</a> · <a href="/people/groups">{say('setUp.toGroups')}</a>
    </p>
  </>
);

interface AskedForPinProps {
  readonly settings: Settings;
  readonly service: string;
  readonly frontPanel: string | null;
  /** What is done then. */
  readonly children?: string;
}

/** The shortest way to where the box asks for the PIN. */
function AskedForPin({ settings, service, frontPanel, children = '' }: AskedForPinProps) {
  const handset = handsetIn(settings);
  return (
    <>
      {pinText(handset, service, frontPanel !== null)} {children}{' '}
      {handset && frontPanel && <FrontPanelLink address={frontPanel} />}
    </>
  );
}

function pinText(handset: ReturnType<typeof handsetIn>, service: string, hasFrontPanel: boolean): string {
  if (!handset) return say('setUp.dial', { service });
  const { name, number } = handset;
  return hasFrontPanel ? say('setUp.liftAtPanel', { name, number }) : say('setUp.lift', { name });
}

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
function DemoCall({ demoCall, onChanged }: Pick<SetUp, 'demoCall'> & { readonly onChanged: () => void }) {
  const { pair } = demoCall;
  const calls = useLive('calls', () => ask('GET', '/calls', {}));
  const isTalking = calls.value.value?.entries.some(
    ({ state, from }) => state === 'talking' && from.number === pair?.caller,
  );
  return (
    <>
      <p role="status">{pair && (isTalking ? say('setUp.talk', pair) : say('setUp.waiting'))}</p>
      <DemoCallButton demoCall={demoCall} onChanged={onChanged} />
    </>
  );
}

/** That somebody listens. */
function Heard() {
  const monitors = useLive('monitors', () => ask('GET', '/monitors', {}));
  const [monitor] = monitors.value.value?.entries.filter(({ mode }) => mode !== null) ?? [];
  return (
    <p role="status" class="heard">
      {monitor && say('setUp.listening', namesOf(monitor))}
    </p>
  );
}

/** What comes of an event may be there only a moment after it was told. */
const settlingMs = 1000;

function onEvents(kinds: readonly EventKind[], act: () => void): () => void {
  return watchEvents(kinds, () => {
    act();
    setTimeout(act, settlingMs);
  });
}

function useLive<Value>(kind: 'calls' | 'monitors', asked: () => Promise<Value>): Resource<Value> {
  const resource = useMemo(() => new Resource(asked), [kind]);
  useEffect(() => onEvents([kind], () => resource.refresh()), [resource]);
  return resource;
}
