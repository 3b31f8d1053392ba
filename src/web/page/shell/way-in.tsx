import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { whyEnded } from '../api/session.js';
import { say } from '../texts.js';
import { ClaimForm } from './claim-form.js';
import { Looks } from './looks.js';
import { SignInForm } from './sign-in-form.js';

/** For those who are not signed in: with name and password, or as the first admin with the one-time code. */
export function WayIn() {
  const isClaim = useSignal(false);
  useEffect(() => {
    document.title = `Modcall · ${say('way.signIn')}`;
  });
  return (
    <>
      <header class="bar">
        <span class="name">Modcall</span>
        <div class="bar-controls">
          <Looks />
        </div>
      </header>
      <main class="way-in">
        {whyEnded.value && (
          <p class="notice" role="status">
            {say(`way.because.${whyEnded.value}`)}
          </p>
        )}
        <p class="lead">{say('way.about')}</p>
        {isClaim.value ? <ClaimForm /> : <SignInForm />}
        <button
          type="button"
          class="plain"
          onClick={() => {
            isClaim.value = !isClaim.value;
          }}
        >
          {say(isClaim.value ? 'way.toSignIn' : 'way.toClaim')}
        </button>
      </main>
    </>
  );
}
