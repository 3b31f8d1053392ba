import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { asProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { announce } from '../kit/announcements.js';
import { say } from '../texts.js';

const lookEveryMs = 2000;

/** After a move of the page: asks whoever moved it whether it stays here. Unless they say so, the box takes it back by itself. */
export default function WebTrial() {
  const place = useMemo(() => new Resource(() => ask('GET', '/web', {})), []);
  const isBusy = useSignal(false);
  useEffect(() => place.refresh(), [place]);
  const trial = place.value.value?.trial;
  useEffect(() => {
    // It may end at any moment, by whoever moved the page or by itself.
    const timer = trial && setTimeout(() => place.refresh(), lookEveryMs);
    return () => clearTimeout(timer ?? undefined);
  }, [place, trial]);
  if (!trial) return null;
  const act = (step: 'confirm' | 'revert') => async () => {
    isBusy.value = true;
    await ask('POST', `/web/${step}`, {}).then(
      () => announce(say(step === 'confirm' ? 'system.kept' : 'system.takenBack')),
      (error: unknown) => announce(asProblem(error).message),
    );
    isBusy.value = false;
    place.refresh();
  };
  return (
    <section class="notice" aria-label={say('system.trial')}>
      <p>{say('system.trialAbout', { by: trial.by, seconds: trial.secondsLeft })}</p>
      <div class="actions">
        <button type="button" class="main" disabled={isBusy.value} onClick={() => void act('confirm')()}>
          {say('system.keep')}
        </button>
        <button type="button" disabled={isBusy.value} onClick={() => void act('revert')()}>
          {say('system.takeBack')}
        </button>
      </div>
    </section>
  );
}
