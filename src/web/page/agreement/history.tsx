import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { Resource } from '../api/resource.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { dayText } from '../kit/times.js';
import { say } from '../texts.js';
import { DocumentText } from './document-text.js';
import { signersText } from './signers-text.js';

/** Every agreement that was in force, the latest first, and whether each came by right. */
export function History() {
  const history = useMemo(() => new Resource(() => ask('GET', '/agreement/history', {})), []);
  useEffect(() => history.refresh(), [history]);
  const entries = history.value.value?.entries.toReversed();
  return (
    <>
      {entries !== undefined && entries.length > 0 && <Verify />}
      <ProblemText problem={history.problem.value} />
      {entries?.length === 0 && <p class="empty">{say('agreement.noHistory')}</p>}
      {entries?.map(({ hash, document, at, by, signedBy }) => (
        <details key={hash} class="card once">
          <summary>{say('agreement.wasInForce', { version: document.version, day: dayText(at) })}</summary>
          <p>{say('agreement.signedAndPut', { signers: signersText(signedBy), by })}</p>
          <p>
            {say('agreement.hash')}: <code>{hash}</code>
          </p>
          <DocumentText document={document} />
        </details>
      ))}
    </>
  );
}

function Verify() {
  const result = useSignal<{ readonly ok: boolean; readonly text: string } | null>(null);
  const form = useForm(async () => {
    result.value = null;
    result.value = await ask('POST', '/agreement/verify', {});
  });
  return (
    <form class="verify" {...form.on}>
      <ProblemText problem={form.problem.value} />
      <button type="submit" disabled={form.isBusy.value}>
        {say('agreement.verify')}
      </button>
      <p role="status" class={result.value?.ok === false ? 'problem' : ''}>
        {result.value?.text}
      </p>
    </form>
  );
}
