import { asksInOwnCall } from '../listening/own-askers.js';
import { say } from '../texts.js';
import { EndMonitor, mayEndMonitor } from './end-monitor.js';
import { namesOf } from './monitor-names.js';
import { noticeText } from './notice-text.js';
import type { Call, Monitor } from './sources.js';

const textOf = { attached: 'live.listensTo', asking: 'live.asksToListen', waiting: 'live.waitsFor' } as const;

/**
 * Moderators who wait for a call, and, for those who do not see the calls themselves, those who listen. Whoever asks in the own call is answered
 * further up.
 */
export function OtherMonitors({
  monitors,
  calls,
  onEnded,
}: {
  readonly monitors: readonly Monitor[];
  readonly calls: readonly Call[];
  readonly onEnded: () => void;
}) {
  const shown = new Set(calls.flatMap((call) => call.monitors ?? []).map(({ session }) => session));
  const others = monitors.filter((monitor) => !shown.has(monitor.session) && !asksInOwnCall(monitor));
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="others">
      <h2 id="others">{say('live.moderators')}</h2>
      <ul class="card rows">
        {others.map((monitor) => (
          <li key={monitor.session}>
            <span>
              {say(textOf[monitor.state], namesOf(monitor))}
              <span class="note">{noticeText(monitor)}</span>
            </span>
            {mayEndMonitor() && <EndMonitor monitor={monitor} onEnded={onEnded} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
