import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { session } from '../api/session.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';

/** For a member: ends all listening to their own call, without saying whether there was any. */
export function OwnCall({ onEnded }: { readonly onEnded: () => void }) {
  const hasEnded = useSignal(false);
  const form = useForm(async () => {
    hasEnded.value = false;
    await ask('POST', '/own/monitors/end', {});
    hasEnded.value = true;
    onEnded();
  });
  if (!session.value?.extension) return null;
  return (
    <section aria-labelledby="own">
      <h2 id="own">{say('live.ownCall')}</h2>
      <p>{say('live.ownCallAbout')}</p>
      <form {...form.on}>
        <ProblemText problem={form.problem.value} />
        <button type="submit" disabled={form.isBusy.value}>
          {say('live.endOwn')}
        </button>
        <p role="status">{hasEnded.value && say('live.ownEnded')}</p>
      </form>
    </section>
  );
}
