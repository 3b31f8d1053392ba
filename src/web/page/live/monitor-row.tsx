import { say } from '../texts.js';
import { Duration } from './duration.js';
import { EndMonitor, mayEndMonitor } from './end-monitor.js';
import { namesOf } from './monitor-names.js';
import { noticeText } from './notice-text.js';
import type { Monitor } from './sources.js';

/** Who listens to the call above, how, and with which notice. */
export function MonitorRow({ monitor }: { readonly monitor: Monitor }) {
  const { since, follows, state } = monitor;
  return (
    <tr class="monitor">
      <td>
        <span class="badge listening">{say(badgeOf(monitor))}</span>
        <span class="monitor-text">
          {say(state === 'asking' ? 'live.asksToListen' : 'live.listensTo', namesOf(monitor))}
          {follows && ` ${say('live.follows')}`}
          <span class="note">{noticeText(monitor)}</span>
        </span>
      </td>
      <td class="number">{since && <Duration since={since} />}</td>
      <td class="action">{mayEndMonitor() && <EndMonitor monitor={monitor} />}</td>
    </tr>
  );
}

function badgeOf({ mode, state }: Monitor) {
  if (state === 'asking') return 'live.asking';
  return mode ? (`live.mode.${mode}` as const) : 'live.beginning';
}
