import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import type { OutputOf } from '../api/table.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { momentText } from '../kit/times.js';
import { say } from '../texts.js';

type Verification = OutputOf<'POST', '/audit/verify'>;

/** Lets the box prove that nothing was taken out of its record, and hands the record out. */
export function VerifyRecord() {
  const result = useSignal<Verification | null>(null);
  const form = useForm(async () => {
    result.value = null;
    result.value = await ask('POST', '/audit/verify', {});
  });
  return (
    <form class="verify" onSubmit={form.submit}>
      <ProblemText problem={form.problem.value} />
      <button type="submit" disabled={form.isBusy.value}>
        {say('record.verify')}
      </button>
      <a class="button" href="/api/audit/export" download="modcall-record.jsonl">
        {say('record.export')}
      </a>
      <a
        class="button"
        href="/api/audit/checkpoint"
        download="modcall-checkpoint.txt"
        title={say('record.checkpointAbout')}
      >
        {say('record.checkpoint')}
      </a>
      <p role="status" class={result.value?.ok === false ? 'problem' : ''}>
        {form.isBusy.value ? say('record.verifying') : result.value && resultText(result.value)}
      </p>
    </form>
  );
}

function resultText({ ok, entries, lastTime, breach }: Verification): string {
  if (!ok) return breach?.text ?? say('record.broken');
  return say('record.sound', { entries: entries ?? 0, moment: lastTime === null ? '–' : momentText(lastTime) });
}
