import { useEffect, useMemo } from 'preact/hooks';
import { asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { hasRole, session } from '../api/session.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { say } from '../texts.js';
import { followMonitors } from './follow-monitors.js';

type Monitor = OutputOf<'GET', '/monitors'>['entries'][number];

const maySee = (): boolean => hasRole('member', 'moderator', 'council') && Boolean(session.value?.extension);

/** The moderators who wait until the person who is signed in lets them into the present call. */
export function OwnAskers() {
  const monitors = useMemo(() => new Resource(() => ask('GET', '/monitors', {})), []);
  useEffect(() => {
    if (!maySee()) return undefined;
    return followMonitors({ refresh: () => monitors.refresh() });
  }, [monitors]);
  const extension = session.value?.extension ?? '';
  const askers = (monitors.value.value?.entries ?? []).filter(asksInOwnCall);
  return (
    <div role="status">
      {askers.length > 0 && (
        <section aria-labelledby="own-askers">
          <h2 id="own-askers">{say('listening.askers')}</h2>
          {askers.map((asker) => (
            <Asker key={asker.session} asker={asker} extension={extension} onAnswered={() => monitors.refresh()} />
          ))}
        </section>
      )}
    </div>
  );
}

type Asking = Monitor & { readonly call: number };

/** Whether it asks those in a call of the person who is signed in, be it that this one has answered already. */
export function asksInOwnCall(monitor: Monitor): monitor is Asking {
  const extension = session.value?.extension ?? '';
  const asked = [monitor.member, monitor.other, ...monitor.undecided];
  return maySee() && monitor.state === 'asking' && monitor.call !== null && asked.includes(extension);
}

interface AskerProps {
  readonly asker: Asking;
  readonly extension: string;
  readonly onAnswered: () => void;
}

function Asker({ asker, extension, onAnswered }: AskerProps) {
  const { session: serial, call, moderator, moderatorName, undecided } = asker;
  const name = `${moderator} ${moderatorName}`.trim();
  const others = undecided.filter((each) => each !== extension).join(', ');
  const isOpen = undecided.includes(extension);
  const answer = async (asked: Promise<unknown>, said: string) => {
    await asked.then(
      () => announce(said),
      (error: unknown) => announce(asProblem(error).message),
    );
    onAnswered();
  };
  const letIn = () =>
    answer(
      ask('POST', '/own/monitors/{session}/let-in', { session: serial, call }),
      others === '' ? say('listening.letIn', { name }) : say('listening.othersAsked', { name, others }),
    );
  const refuse = () =>
    answer(ask('POST', '/monitors/{session}/end', { session: serial }), say('listening.turnedDown', { name }));
  return (
    <div class="card listening">
      <p class="listening-state">
        {isOpen ? say('listening.asksYou', { name }) : say('listening.othersAsked', { name, others })}
      </p>
      <div class="buttons">
        {isOpen && (
          <button type="button" onClick={() => void letIn()}>
            {say('listening.letInButton')}
          </button>
        )}
        <button type="button" onClick={() => void refuse()}>
          {say('listening.refuseButton')}
        </button>
      </div>
    </div>
  );
}
