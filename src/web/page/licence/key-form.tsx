import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { ask } from '../api/ask.js';
import { announce } from '../kit/announcements.js';
import { useForm } from '../kit/form/form.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';
import { KeyFile } from './key-file.js';

/** Takes a licence key into use, or says beforehand what it would allow: typed, pasted, from its file or its QR code. */
export function KeyForm({ version, onEntered }: { readonly version: number; readonly onEntered: () => void }) {
  const explained = useSignal('');
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useForm(async ({ key = '', step }) => {
    explained.value = '';
    if (step === 'explain') {
      const { details } = await ask('POST', '/licence/explain', { key });
      explained.value = details?.text ?? '';
      return;
    }
    await ask('PUT', '/licence', { key }, version);
    if (field.current) field.current.value = '';
    announce(say('licence.entered'));
    onEntered();
  });
  const take = (key: string) => {
    if (field.current) field.current.value = key;
    form.send({ key, step: 'explain' });
  };
  return (
    <section aria-labelledby="key-form">
      <h2 id="key-form">{say('licence.enter')}</h2>
      <form class="card" {...form.on}>
        <ProblemText problem={form.problem.value} />
        <KeyFile onKey={take} />
        <div class="field">
          <label for="key">{say('licence.key')}</label>
          <textarea ref={field} id="key" name="key" rows={4} required autocomplete="off" spellcheck={false} />
        </div>
        <p role="status" class="said">
          {explained.value}
        </p>
        <div class="buttons">
          <button type="submit" name="step" value="explain" disabled={form.isBusy.value}>
            {say('licence.explain')}
          </button>
          <button type="submit" name="step" value="enter" class="main" disabled={form.isBusy.value}>
            {say('licence.take')}
          </button>
        </div>
      </form>
    </section>
  );
}
