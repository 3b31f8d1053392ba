import { asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import type { OutputOf } from '../api/table.js';
import { announce } from '../kit/announcements.js';
import { AskedButton } from '../kit/question/asked-button.js';
import { momentText } from '../kit/times.js';
import { say } from '../texts.js';

interface RestartBoxProps {
  readonly waiting: OutputOf<'GET', '/state'>['restart'];
  readonly onChanged: () => void;
}

/** Restarts the box once nobody talks, and calls that off again. */
export function RestartBox({ waiting, onChanged }: RestartBoxProps) {
  const callOff = () =>
    ask('POST', '/box/restart/cancel', {}).then(
      () => {
        announce(say('system.restartCalledOff'));
        onChanged();
      },
      (error: unknown) => announce(asProblem(error).message),
    );
  if (!waiting)
    return (
      <p>
        <AskedButton
          name={say('system.restart')}
          about={say('system.restartAbout')}
          done={say('system.restartOrdered')}
          act={async () => {
            await ask('POST', '/box/restart', { when: 'idle' });
            onChanged();
          }}
        />
      </p>
    );
  return (
    <p class="notice">
      {waitingText(waiting)}{' '}
      <button type="button" onClick={() => void callOff()}>
        {say('system.callOff')}
      </button>
    </p>
  );
}

function waitingText({ restores, waitsFor: count, at }: NonNullable<RestartBoxProps['waiting']>): string {
  if (restores) return say('system.restoreWaits', { count });
  return at === null
    ? say('system.restartWaits', { count })
    : say('system.restartWaitsUntil', { count, moment: momentText(at) });
}
