import type { ComponentChildren } from 'preact';
import { asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import type { InputOf } from '../api/table.js';
import { say } from '../texts.js';
import { browserCall } from './browser-call.js';
import { Microphone } from './microphone.js';
import {
  confirmed,
  isUnconfirmed,
  latestNews,
  nothing,
  type OwnMonitor,
  otherOf,
  ownMonitors,
  partyIn,
  problem,
  useOwnMonitors,
} from './own-monitors.js';
import { askToSpeak } from './speaking.js';

type Action = InputOf<'POST', '/monitors/{session}/press'>['action'];

const modes = ['listen', 'whisper', 'barge'] as const;

/** After these somebody hears the moderator. */
const isSpeaking: ReadonlySet<Action> = new Set<Action>(['whisper', 'barge', 'takeOver']);

/** After these somebody else hears the moderator than before. */
const changesHearers: ReadonlySet<Action> = new Set<Action>([...modes, 'takeOver']);

/** What the moderator who is signed in listens to, and the keys of the telephone as buttons. */
export function OwnListening() {
  const { text, isProblem } = latestNews.value;
  const news = text();
  // Why one ends is not said twice.
  const monitors = useOwnMonitors().filter(({ state }) => state !== 'ending' || news === '');
  const call = browserCall.value;
  const isParty = call !== null && partyIn.value === call.session;
  if (monitors.length === 0 && !isParty && news === '') return null;
  return (
    <section aria-labelledby="own-listening">
      <h2 id="own-listening">{say('listening.own')}</h2>
      <p role="status" class={isProblem ? 'listening-news problem' : 'listening-news'}>
        {news}
      </p>
      {monitors.map((monitor) => (
        <Listening key={monitor.session} monitor={monitor} />
      ))}
      {isParty && (
        <div class="card listening">
          <p class="listening-state">{say('listening.party')}</p>
          <div class="buttons">
            <button type="button" onClick={() => call.close()}>
              {say('listening.hangUp')}
            </button>
          </div>
        </div>
      )}
    </section>
  );
}

function Listening({ monitor }: { readonly monitor: OwnMonitor }) {
  const { session, state } = monitor;
  const tell = async (asked: Promise<unknown>) => {
    latestNews.value = await asked.then(
      () => nothing,
      (error: unknown) => problem(() => asProblem(error).message),
    );
    ownMonitors.refresh();
  };
  const press = async (action: Action) => {
    const obstacle = monitor.on === 'browser' && isSpeaking.has(action) ? await askToSpeak() : null;
    if (obstacle !== null) {
      latestNews.value = obstacle;
      return;
    }
    const pressed = tell(ask('POST', '/monitors/{session}/press', { session, action }));
    await (changesHearers.has(action) ? confirmed(pressed) : pressed);
  };
  const end = () => void tell(ask('POST', '/monitors/{session}/end', { session }));
  return (
    <div class="card listening">
      <p class="listening-state">{stateText(monitor)}</p>
      {(state === 'attached' || state === 'asking' || state === 'waiting') && (
        <Keys monitor={monitor} press={(action) => void press(action)} />
      )}
      {state !== 'ending' && (
        <div class="buttons">
          <button type="button" onClick={end}>
            {say('listening.end')}
          </button>
        </div>
      )}
    </div>
  );
}

interface KeysProps {
  readonly monitor: OwnMonitor;
  readonly press: (action: Action) => void;
}

/** Only what the profile allows is offered, and nothing for which the browser gives no microphone to this page. */
function Keys({ monitor, press }: KeysProps) {
  const { on, state, interventions, follows } = monitor;
  const allowed = modes.filter((each) => each === 'listen' || interventions.includes(each));
  const isMute = on === 'browser' && !Microphone.isPossible;
  const canSpeak = interventions.length > 0 && !isMute;
  return (
    <>
      {isMute && interventions.length > 0 && <p class="note">{say('listening.httpsNeeded')}</p>}
      {state === 'attached' && !canSpeak && <p class="note">{heardText(monitor)}</p>}
      {state === 'attached' && canSpeak && (
        <fieldset class="modes">
          <legend>{heardText(monitor)}</legend>
          {allowed.map((each) => (
            <button key={each} type="button" aria-pressed={isIn(monitor, each)} onClick={() => press(each)}>
              {say(`listening.mode.${each}`)}
            </button>
          ))}
          {interventions.includes('takeOver') && <Key action="takeOver" press={press} />}
        </fieldset>
      )}
      <div class="buttons">
        <Key action="previous" press={press} />
        <Key action="next" press={press} />
        <Key action="follow" press={press} isOn={follows} />
        <Key action="quieter" press={press} />
        <Key action="louder" press={press} />
      </div>
    </>
  );
}

interface KeyProps {
  readonly action: Exclude<Action, (typeof modes)[number]>;
  readonly press: (action: Action) => void;
  readonly isOn?: boolean;
}

const Key = ({ action, press, isOn }: KeyProps): ComponentChildren => (
  <button type="button" aria-pressed={isOn} onClick={() => press(action)}>
    {say(`listening.${action}`)}
  </button>
);

type Member = Pick<OwnMonitor, 'member' | 'memberName'>;

const memberOf = ({ member, memberName }: Member): string => `${member ?? ''} ${memberName}`.trim();

const isIn = (monitor: OwnMonitor, mode: (typeof modes)[number]): boolean =>
  monitor.mode === mode && !isUnconfirmed(monitor);

/** Who hears the moderator in the present mode; nobody is named while more may do so already. */
function heardText(monitor: OwnMonitor): string {
  if (isUnconfirmed(monitor)) return say('listening.heardBy.unconfirmed');
  const { mode } = monitor;
  return mode === 'whisper'
    ? say('listening.heardBy.whisper', { member: memberOf(monitor) })
    : say(`listening.heardBy.${mode ?? 'listen'}`);
}

function stateText(monitor: OwnMonitor): string {
  const { state, mode, on, helps } = monitor;
  const listenedTo = memberOf(monitor);
  if (state === 'calling' && on === 'browser') return say('listening.connecting');
  if (state === 'asked' && on === 'browser') return say('listening.choose');
  if (state === 'waiting') return say('listening.waiting', { member: listenedTo });
  if (state === 'calling' && helps) return say('listening.callingForHelp', { member: listenedTo });
  if (state !== 'attached') return say(`listening.${state}`);
  if (mode === null) return say('listening.beginning');
  return say(helps ? 'listening.helping' : 'listening.attached', { member: listenedTo, other: otherOf(monitor) });
}
