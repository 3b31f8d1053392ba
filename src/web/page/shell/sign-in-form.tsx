import { useSignal } from '@preact/signals';
import { asProblem } from '../api/api-problem.js';
import { signIn } from '../api/session.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { Heading } from '../kit/heading.js';
import { ProblemText } from '../kit/problem-text.js';
import { say } from '../texts.js';

/** Asks for the second factor only from those who have one. */
export function SignInForm() {
  const needsCode = useSignal(false);
  const form = useForm(({ name = '', password = '', code }) =>
    signIn({ name, password, code: code || null }).catch((error: unknown) => {
      if (asProblem(error).code === 'request.secondFactorNeeded') needsCode.value = true;
      throw error;
    }),
  );
  return (
    <form class="card" {...form.on}>
      <Heading>{say('way.signIn')}</Heading>
      <ProblemText problem={form.problem.value} />
      <Field name="name" label={say('way.name')} autocomplete="username" isNeeded />
      <Field name="password" type="password" label={say('way.password')} autocomplete="current-password" isNeeded />
      {needsCode.value && (
        <Field name="code" label={say('way.code')} hint={say('way.codeHint')} autocomplete="one-time-code" isFirst />
      )}
      <button type="submit" class="main" disabled={form.isBusy.value}>
        {say('way.signIn')}
      </button>
    </form>
  );
}
