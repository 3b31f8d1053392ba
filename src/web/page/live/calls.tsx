import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { isConnected } from '../api/events.js';
import { hasRole } from '../api/session.js';
import { DrawButtons } from '../listening/draw-buttons.js';
import { ListenButtons } from '../listening/listen-buttons.js';
import { isListenedTo, isOwnCall, lacksBrowsers, lacksExtension, mayListen } from '../listening/own-monitors.js';
import { say } from '../texts.js';
import { Duration } from './duration.js';
import { EndCall } from './end-call.js';
import { MonitorRow } from './monitor-row.js';
import { Padlock } from './padlock.js';
import { calledAs, PartyName } from './party-name.js';
import type { Call } from './sources.js';

interface CallsProps {
  readonly calls: readonly Call[];
  /** What can be done where nobody talks. */
  readonly children?: ComponentChildren;
}

/** Every call that runs, and below it who listens to it. */
export function Calls({ calls, children }: CallsProps) {
  const ending = useSignal<Call | null>(null);
  const endCall = (call: Call | null) => {
    ending.value = call;
  };
  return (
    <section aria-labelledby="calls">
      <h2 id="calls">{say('live.runningCalls', { count: calls.length })}</h2>
      {lacksExtension() && (
        <p class="note">
          {say('listening.noExtension')} {hasRole() && <a href="/system/users">{say('setUp.toUsers')}</a>}
        </p>
      )}
      {lacksBrowsers() && <p class="note">{say('listening.noBrowser')}</p>}
      {!isConnected.value && calls.length > 0 && <p class="note">{say('live.standsStill')}</p>}
      {mayListen() && <DrawButtons />}
      {calls.length === 0 ? (
        <div class="empty">
          <p>{say(hasRole('read') ? 'live.noCalls' : 'live.noCallsToSee')}</p>
          {children}
        </div>
      ) : (
        <div class="card table">
          <table class="calls">
            <thead>
              <tr>
                <th scope="col">{say('live.call')}</th>
                <th scope="col" class="number">
                  {say('live.duration')}
                </th>
                <th scope="col">
                  <span class="unseen">{say('live.actions')}</span>
                </th>
              </tr>
            </thead>
            {calls.map((call) => (
              <tbody key={call.call}>
                <CallRow call={call} onEnd={endCall} />
                {call.monitors?.map((monitor) => (
                  <MonitorRow key={monitor.session} monitor={monitor} />
                ))}
              </tbody>
            ))}
          </table>
        </div>
      )}
      {ending.value && <EndCall call={ending.value} onDone={() => endCall(null)} />}
    </section>
  );
}

function CallRow({ call, onEnd }: { readonly call: Call; readonly onEnd: (call: Call) => void }) {
  const { state, from, to, since, answered, isHeld, isEncrypted, isEmergency } = call;
  return (
    <tr>
      <td>
        <span class="call-line">
          <PartyName party={from} />
          <span class="arrow">
            <span aria-hidden="true">→</span>
            <span class="unseen">{say('live.calls')}</span>
          </span>
          <PartyName party={to} />
          <span>
            <span class={`badge ${state}`}>{say(isHeld ? 'live.held' : `live.stateIs.${state}`)}</span>
            {isEncrypted && <Padlock />}
            {isEmergency && <span class="badge emergency">{say('live.emergency')}</span>}
          </span>
        </span>
      </td>
      <td class="number">
        <Duration since={answered ?? since} />
      </td>
      <td class="action">
        {mayListen() && state === 'talking' && !isEmergency && !isListenedTo(call.call) && !isOwnCall(call) && (
          <ListenButtons call={call.call} from={from.number} to={to.number} />
        )}
        {hasRole('admin') && !isEmergency && (
          <button
            type="button"
            aria-label={say('live.endCallOf', { from: from.number, to: calledAs(to) })}
            onClick={() => onEnd(call)}
          >
            {say('live.endCall')}
          </button>
        )}
      </td>
    </tr>
  );
}
