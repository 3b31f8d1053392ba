import { say } from '../texts.js';
import { Duration } from './duration.js';
import { EndMonitor, mayEndMonitor } from './end-monitor.js';
import { namesOf } from './monitor-names.js';
import { noticeText } from './notice-text.js';
import type { Monitor } from './sources.js';

/** Who listens to the call above, how, and with which notice. */
export function MonitorRow({ monitor }: { readonly monitor: Monitor }) {
  const { mode, since, follows } = monitor;
  return (
    <tr class="monitor">
      <td>
        <span class="badge listening">{say(mode ? `live.mode.${mode}` : 'live.beginning')}</span>
        <span class="monitor-text">
          {say('live.listensTo', namesOf(monitor))}
          {follows && ` ${say('live.follows')}`}
          <span class="note">{noticeText(monitor)}</span>
        </span>
      </td>
      <td class="number">{since && <Duration since={since} />}</td>
      <td class="action">{mayEndMonitor() && <EndMonitor monitor={monitor} />}</td>
    </tr>
  );
}
