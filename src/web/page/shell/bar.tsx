import { asProblem } from '../api/api-problem.js';
import type { session } from '../api/session.js';
import { signOut } from '../api/session.js';
import { announce } from '../kit/announcements.js';
import { say } from '../texts.js';
import { Looks } from './looks.js';

type Person = NonNullable<(typeof session)['value']>;

/** At the top of every place: the product, who is signed in, and how the page looks and speaks. */
export function Bar({ person }: { readonly person: Person }) {
  const leave = () => signOut().catch((error: unknown) => announce(asProblem(error).message));
  return (
    <header class="bar">
      <a class="name" href="/">
        Modcall
      </a>
      <div class="bar-controls">
        <Looks />
        <span class="person">{person.name}</span>
        <button type="button" onClick={() => void leave()}>
          {say('shell.signOut')}
        </button>
      </div>
    </header>
  );
}
