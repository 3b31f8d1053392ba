import { restoreSession, session, sessionProblem } from '../api/session.js';
import { Announcements } from '../kit/announcements.js';
import { say } from '../texts.js';
import { Shell } from './shell.js';
import { WayIn } from './way-in.js';

/** All that is shown: the way in, or what whoever is signed in may see. */
export function Page() {
  return (
    <>
      <Shown />
      <Announcements />
    </>
  );
}

function Shown() {
  if (session.value) return <Shell person={session.value} />;
  if (session.value === null) return <WayIn />;
  if (!sessionProblem.value) return null;
  return (
    <main class="way-in">
      <p role="alert">{sessionProblem.value.message}</p>
      <button type="button" onClick={() => void restoreSession()}>
        {say('box.tryAgain')}
      </button>
    </main>
  );
}
