import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { hasRole } from '../api/session.js';
import { ProblemText } from '../kit/problem-text.js';
import { Rows } from '../kit/rows.js';
import { durationText, momentText } from '../kit/times.js';
import { say } from '../texts.js';
import { Log } from './log.js';
import { RestartBox } from './restart-box.js';

/** What the box is, and its log. */
export function State() {
  const state = useMemo(() => new Resource(() => ask('GET', '/state', {})), []);
  useEffect(() => state.refresh(), [state]);
  const shown = state.value.value;
  return (
    <>
      <ProblemText problem={state.problem.value} />
      {shown && (
        <Rows
          rows={[
            [say('system.version'), shown.version],
            [say('system.hardwareId'), shown.hardwareId === null ? '–' : <code>{shown.hardwareId}</code>],
            [say('system.addresses'), shown.addresses.join(', ') || '–'],
            [say('system.uptime'), durationText(shown.uptimeSeconds * 1000)],
            [say('system.time'), momentText(shown.time)],
            [say('system.disk'), shown.disk === null ? '–' : say('system.diskUsed', shown.disk)],
          ]}
        />
      )}
      {shown && hasRole() && <RestartBox waiting={shown.restart} onChanged={() => state.refresh()} />}
      {hasRole() && (
        <p>
          <a href="/set-up?step=hear">{say('setUp.tryIt')}</a>
        </p>
      )}
      {hasRole() && <Log />}
    </>
  );
}
