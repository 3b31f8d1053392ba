import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Ways } from '../../access/session-routes.js';
import { waysIn, whyEnded } from '../api/session.js';
import { StepList } from '../set-up/step-list.js';
import { say } from '../texts.js';
import { ClaimForm } from './claim-form.js';
import { LanguageStep } from './language-step.js';
import { Looks } from './looks.js';
import { SignInForm } from './sign-in-form.js';
import { ThreeWays } from './three-ways.js';

/** What is shown to those who are not signed in. */
type Way = 'signIn' | 'claim' | 'language';

/**
 * For those who are not signed in: with name and password, or as the first admin with the one-time code. A box that waits for its first
 * admin begins with the language.
 */
export function WayIn() {
  const way = useSignal<Way>('signIn');
  const ways = useSignal<Ways | null>(null);
  useEffect(() => {
    document.title = `Modcall · ${say('way.signIn')}`;
  });
  useEffect(() => {
    void waysIn().then(
      (found) => {
        ways.value = found;
        if (found.canClaim && whyEnded.value === null) way.value = 'language';
      },
      // Signing in says why the box does not answer.
      () => undefined,
    );
  }, []);
  const go = (to: Way) => {
    way.value = to;
  };
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
        {ways.value?.isDemo && <ThreeWays frontPanel={ways.value.frontPanel} />}
        {ways.value?.canClaim && way.value !== 'signIn' && (
          <StepList present={way.value === 'language' ? 'language' : 'admin'} missing={null} />
        )}
        {way.value === 'language' && <LanguageStep onDone={() => go('claim')} />}
        {way.value === 'claim' && <ClaimForm />}
        {way.value === 'signIn' && <SignInForm />}
        <button type="button" class="plain" onClick={() => go(way.value === 'signIn' ? 'claim' : 'signIn')}>
          {say(way.value === 'signIn' ? 'way.toClaim' : 'way.toSignIn')}
        </button>
      </main>
    </>
  );
}
