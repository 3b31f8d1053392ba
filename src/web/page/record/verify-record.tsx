import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import type { OutputOf } from '../api/table.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { momentText } from '../kit/times.js';
import { today } from '../kit/today.js';
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
    <form class="verify" {...form.on}>
      <ProblemText problem={form.problem.value} />
      <button type="submit" disabled={form.isBusy.value}>
        {say('record.verify')}
      </button>
      {/* In the order in which they fit together: an export goes on from the checkpoints before it. */}
      <a class="button" href="/api/audit/checkpoint" download={`modcall-checkpoint-${today()}.txt`}>
        {say('record.checkpoint')}
      </a>
      <a class="button" href="/api/audit/export" download={`modcall-record-${today()}.jsonl`}>
        {say('record.export')}
      </a>
      <a class="button" href="/api/audit/verifier" download="modcall-verify.mjs">
        {say('record.verifier')}
      </a>
      <details class="card">
        <summary>{say('record.whatFor')}</summary>
        <p>{say('record.checkpointAbout')}</p>
        <p>
          {say('record.verifierAbout')} <code>{say('record.verifierCall')}</code>
        </p>
      </details>
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
