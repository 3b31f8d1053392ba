import { ask } from '../api/ask.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import type { SetUp } from './steps.js';

interface DemoCallButtonProps {
  /** Who talks now; null where nobody does. */
  readonly pair: SetUp['demoCall']['pair'];
  readonly onChanged: () => void;
}

/** Lets the built-in phones talk, or hang up. */
export function DemoCallButton({ pair, onChanged }: DemoCallButtonProps) {
  const form = useForm(async () => {
    try {
      await (pair ? ask('DELETE', '/demo-call', {}) : ask('POST', '/demo-call', {}));
    } finally {
      onChanged();
    }
  });
  return (
    <form {...form.on}>
      <ProblemText problem={form.problem.value} />
      <button type="submit" class={pair ? '' : 'main'} disabled={form.isBusy.value}>
        {say(pair ? 'setUp.endCall' : 'setUp.beginCall')}
      </button>
    </form>
  );
}
