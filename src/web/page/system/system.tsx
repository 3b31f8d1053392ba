import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { hasRole } from '../api/session.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { Rows } from '../kit/rows.js';
import { durationText, momentText } from '../kit/times.js';
import { useTitle } from '../kit/title.js';
import { say } from '../texts.js';
import { Log } from './log.js';

/** What the box is, and what it has to say. */
export default function System() {
  useTitle(say('place.system'));
  const state = useMemo(() => new Resource(() => ask('GET', '/state', {})), []);
  useEffect(() => state.refresh(), [state]);
  const shown = state.value.value;
  return (
    <>
      <Heading>{say('place.system')}</Heading>
      <ProblemText problem={state.problem.value} />
      {shown && (
        <Rows
          rows={[
            [say('system.version'), shown.version],
            [say('system.hardwareId'), shown.hardwareId === null ? '–' : <code>{shown.hardwareId}</code>],
            [say('system.addresses'), shown.addresses.join(', ') || '–'],
            [say('system.uptime'), durationText(shown.uptimeSeconds * 1000)],
            [say('system.time'), momentText(shown.time)],
          ]}
        />
      )}
      {hasRole('admin') && <Log />}
    </>
  );
}
