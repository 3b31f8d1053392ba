import { ask } from '../api/ask.js';
import { AskedButton } from '../kit/question/asked-button.js';
import { say } from '../texts.js';
import { readRestart, UpdateTime } from './update-time.js';

/** Restarts the machine with the update that is installed, at another time than it was ordered for. */
export function WaitingUpdate({ onOrdered }: { readonly onOrdered: () => void }) {
  return (
    <p class="notice">
      {say('system.updateWaits')}{' '}
      <AskedButton
        name={say('system.updateRestart')}
        about={say('system.updateRestartAbout')}
        done={say('system.updateOrdered')}
        act={async (fields) => {
          await ask('POST', '/update/restart', readRestart(fields));
          onOrdered();
        }}
      >
        <UpdateTime />
      </AskedButton>
    </p>
  );
}
