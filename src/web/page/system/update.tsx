import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import type { OutputOf } from '../api/table.js';
import { ProblemText } from '../kit/problem-text.js';
import { type Row, Rows } from '../kit/rows.js';
import { say } from '../texts.js';
import { ChooseUpdate } from './choose-update.js';
import { UpdateChannel } from './update-channel.js';
import { WaitingUpdate } from './waiting-update.js';

type Shown = OutputOf<'GET', '/update'>;

const lookEveryMs = 2000;

/** Which system runs, and the way to a newer one. */
export default function Update() {
  const update = useMemo(() => new Resource(() => ask('GET', '/update', {})), []);
  const refresh = () => update.refresh();
  useEffect(() => {
    refresh();
    const timer = setInterval(refresh, lookEveryMs);
    return () => clearInterval(timer);
  }, [update]);
  const shown = update.value.value;
  return (
    <>
      <p class="lead">{say('system.updateAbout')}</p>
      <ProblemText problem={update.problem.value} />
      {shown && (
        <>
          <Rows rows={rowsOf(shown)} />
          <Course shown={shown} />
          {shown.latest?.course === 'waiting' && <WaitingUpdate onOrdered={refresh} />}
          <UpdateChannel shown={shown} onChanged={refresh} />
          {shown.percent === null && <ChooseUpdate sticks={shown.sticks} onBegun={refresh} />}
        </>
      )}
    </>
  );
}

const rowsOf = ({ running, latest }: Shown): readonly (Row | null)[] => [
  [say('system.updateRuns'), running.version],
  [say('system.updateBoard'), running.board],
  latest && [say('system.updateLatest'), `${latest.version}: ${say(`system.updateCourse.${latest.course}`)}`],
];

/** How far it is, said by a screen reader only where it ends. */
function Course({ shown: { latest, percent } }: { readonly shown: Shown }) {
  if (!latest) return null;
  return (
    <>
      {percent !== null && (
        <p>
          <label>
            {say('system.updateInstalling', { version: latest.version })}{' '}
            <progress value={percent} max={100}>
              {percent} %
            </progress>
          </label>
        </p>
      )}
      <div role="status">{latest.course === 'failed' && say('system.updateFault', { fault: latest.fault ?? '' })}</div>
    </>
  );
}
