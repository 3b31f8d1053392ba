import { say } from '../texts.js';
import { EndMonitor, mayEndMonitor } from './end-monitor.js';
import { namesOf } from './monitor-names.js';
import { noticeText } from './notice-text.js';
import type { Call, Monitor } from './sources.js';

/** Moderators who wait for a call, and, for those who do not see the calls themselves, those who listen. */
export function OtherMonitors({
  monitors,
  calls,
}: {
  readonly monitors: readonly Monitor[];
  readonly calls: readonly Call[];
}) {
  const shown = new Set(calls.flatMap((call) => call.monitors ?? []).map(({ session }) => session));
  const others = monitors.filter(({ session }) => !shown.has(session));
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="others">
      <h2 id="others">{say('live.moderators')}</h2>
      <ul class="card rows">
        {others.map((monitor) => (
          <li key={monitor.session}>
            <span>
              {monitor.state === 'waiting'
                ? say('live.waitsFor', namesOf(monitor))
                : say('live.listensTo', namesOf(monitor))}
              <span class="note">{noticeText(monitor)}</span>
            </span>
            {mayEndMonitor() && <EndMonitor monitor={monitor} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
