import { useSignal } from '@preact/signals';
import { asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { say } from '../texts.js';
import { answerHere, browserCall } from './browser-call.js';
import { latestNews, nothing, ownMonitors } from './own-monitors.js';
import { PinDialog } from './pin-dialog.js';

type Place = 'browser' | 'phone';

interface ListenProps {
  readonly call: number;
  readonly from: string;
  readonly to: string;
}

/** Lets a moderator listen to this call, here or at their telephone; the PIN is asked for where it was not shown yet. */
export function ListenButtons({ call, from, to }: ListenProps) {
  const askingFor = useSignal<Place | null>(null);
  const begin = async (on: Place, pin: string | null) => {
    const { session, offer } = await ask('POST', '/monitors', {
      call,
      pin,
      on,
      session: on === 'browser' ? (browserCall.value?.session ?? null) : null,
    });
    latestNews.value = nothing;
    ownMonitors.refresh();
    if (offer !== null) await answerHere(session, offer);
  };
  const listen = async (on: Place) => {
    try {
      await begin(on, null);
    } catch (error) {
      const { code, message } = asProblem(error);
      if (code === 'live.pinNeeded') askingFor.value = on;
      else latestNews.value = () => message;
    }
  };
  const place = askingFor.value;
  return (
    <>
      {ownMonitors.value.value?.hasBrowsers && (
        <button type="button" aria-label={say('listening.hereTo', { from, to })} onClick={() => void listen('browser')}>
          {say('listening.here')}
        </button>
      )}
      <button type="button" aria-label={say('listening.onPhoneTo', { from, to })} onClick={() => void listen('phone')}>
        {say('listening.onPhone')}
      </button>
      {place && (
        <PinDialog
          begin={(pin) => begin(place, pin)}
          onClose={() => {
            askingFor.value = null;
          }}
        />
      )}
    </>
  );
}
