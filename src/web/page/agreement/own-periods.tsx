import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { session } from '../api/session.js';
import { dayText, momentText } from '../kit/times.js';
import { say } from '../texts.js';

/** In which announced periods the person who is signed in may be listened to. */
export function OwnPeriods() {
  const periods = useMemo(() => new Resource(() => ask('GET', '/periods', {})), []);
  useEffect(() => periods.refresh(), [periods]);
  const extension = session.value?.extension ?? '';
  const own = (periods.value.value?.entries ?? []).filter(({ members }) => members.some((each) => each === extension));
  if (own.length === 0) return null;
  return (
    <section aria-labelledby="own-periods">
      <h2 id="own-periods">{say('agreement.ownPeriods')}</h2>
      <ul>
        {own.map(({ id, from, to, announced }) => (
          <li key={id}>
            {say('agreement.period', { from: momentText(from), to: momentText(to), announced: dayText(announced) })}
          </li>
        ))}
      </ul>
    </section>
  );
}
