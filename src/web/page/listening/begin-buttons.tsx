import { useSignal } from '@preact/signals';
import { agreement, isAgreedOn, type Purpose } from '../agreement/agreement-data.js';
import { asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { BeginDialog, type Said } from './begin-dialog.js';
import { answerHere, browserCall } from './browser-call.js';
import { latestNews, nothing, ownMonitors, problem } from './own-monitors.js';

type Place = 'browser' | 'phone';

interface BeginProps {
  /** Null where the box draws one. */
  readonly call: number | null;
  /** Those to choose from, where there is an agreement. */
  readonly purposes: readonly Purpose[];
  /** What stands on the buttons, and what they do in full. */
  readonly here: Words;
  readonly onPhone: Words;
}

interface Words {
  readonly text: string;
  readonly label?: string;
}

/**
 * Lets a moderator listen, here or at their telephone; the PIN is asked for where it was not shown yet, and what for where there is an
 * agreement.
 */
export function BeginButtons({ call, purposes, here, onPhone }: BeginProps) {
  const askingFor = useSignal<{ readonly place: Place; readonly needsPin: boolean } | null>(null);
  const begin = async (on: Place, { pin, purpose }: Said) => {
    const { session, offer } = await ask('POST', '/monitors', {
      call,
      pin,
      purpose,
      on,
      session: on === 'browser' ? (browserCall.value?.session ?? null) : null,
    });
    // Before anything is drawn anew: the moderator waits for the sound.
    const answered = offer === null ? null : answerHere(session, offer);
    latestNews.value = nothing;
    ownMonitors.refresh();
    await answered;
  };
  const listen = async (on: Place) => {
    if (isAgreedOn()) {
      askingFor.value = { place: on, needsPin: false };
      return;
    }
    try {
      await begin(on, { pin: null, purpose: null });
    } catch (error) {
      const { code, message } = asProblem(error);
      // One that has come into force since this page asked.
      if (code === 'live.refused.noPurpose') agreement.refresh();
      if (code === 'live.pinNeeded') askingFor.value = { place: on, needsPin: true };
      else latestNews.value = problem(() => message);
    }
  };
  const asking = askingFor.value;
  return (
    <>
      {ownMonitors.value.value?.hasBrowsers && (
        <button type="button" aria-label={here.label} onClick={() => void listen('browser')}>
          {here.text}
        </button>
      )}
      <button type="button" aria-label={onPhone.label} onClick={() => void listen('phone')}>
        {onPhone.text}
      </button>
      {asking && (
        <BeginDialog
          purposes={purposes}
          needsPin={asking.needsPin}
          begin={(said) => begin(asking.place, said)}
          onClose={() => {
            askingFor.value = null;
          }}
        />
      )}
    </>
  );
}
