import { useSignal } from '@preact/signals';
import { asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { say } from '../texts.js';
import { latestNews, ownMonitors } from './own-monitors.js';
import { PinDialog } from './pin-dialog.js';

interface ListenProps {
  readonly call: number;
  readonly from: string;
  readonly to: string;
}

/** Has the box call the moderator's telephone, to listen to this call there; the PIN is asked for where it was not shown yet. */
export function ListenOnPhone({ call, from, to }: ListenProps) {
  const isPinAsked = useSignal(false);
  const begin = async (pin: string | null) => {
    await ask('POST', '/monitors', { call, pin });
    latestNews.value = '';
    ownMonitors.refresh();
  };
  const listen = async () => {
    try {
      await begin(null);
    } catch (error) {
      const { code, message } = asProblem(error);
      if (code === 'live.pinNeeded') isPinAsked.value = true;
      else latestNews.value = message;
    }
  };
  return (
    <>
      <button type="button" aria-label={say('listening.onPhoneTo', { from, to })} onClick={() => void listen()}>
        {say('listening.onPhone')}
      </button>
      {isPinAsked.value && (
        <PinDialog
          begin={begin}
          onClose={() => {
            isPinAsked.value = false;
          }}
        />
      )}
    </>
  );
}
