import { ask } from '../api/ask.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { momentText } from '../kit/times.js';
import { say } from '../texts.js';
import type { SetUp } from './steps.js';

interface DemoCallButtonProps {
  readonly demoCall: Pick<SetUp['demoCall'], 'pair' | 'until' | 'isOver'>;
  readonly onChanged: () => void;
}

/** Lets the built-in phones talk, or hang up, and says when they do so by themselves, and that they have. */
export function DemoCallButton({ demoCall: { pair, until, isOver }, onChanged }: DemoCallButtonProps) {
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
      <p role="status">
        {until !== null && say('setUp.callEnds', { time: momentText(until) })}
        {isOver && say('setUp.callOver')}
      </p>
      <button type="submit" class={pair ? '' : 'main'} disabled={form.isBusy.value}>
        {say(pair ? 'setUp.endCall' : 'setUp.beginCall')}
      </button>
    </form>
  );
}
