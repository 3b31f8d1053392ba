import { useEffect, useRef } from 'preact/hooks';
import { LocationProvider, Route, Router, useLocation } from 'preact-iso';
import { isConnected } from '../api/events.js';
import type { session } from '../api/session.js';
import { Live } from '../live/live.js';
import { say } from '../texts.js';
import { Bar } from './bar.js';
import { Menu } from './menu.js';
import { Nowhere } from './nowhere.js';

type Person = NonNullable<(typeof session)['value']>;

/** What whoever is signed in sees: the bar, the menu, and the place where they are. */
export function Shell({ person }: { readonly person: Person }) {
  return (
    <LocationProvider>
      <a class="skip" href="#main">
        {say('shell.skip')}
      </a>
      <Bar person={person} />
      <div class="frame">
        <Menu roles={person.roles} />
        <main id="main" tabIndex={-1}>
          {!isConnected.value && (
            <p class="notice" role="status">
              {say('box.lost')}
            </p>
          )}
          <Places />
        </main>
      </div>
    </LocationProvider>
  );
}

function Places() {
  useFocusOnHeading();
  return (
    <Router>
      <Route path="/" component={Live} />
      <Route default component={Nowhere} />
    </Router>
  );
}

/** Whoever goes to another place hears where they are: the focus goes to its heading. The first place is where they have come in. */
function useFocusOnHeading(): void {
  const { path } = useLocation();
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== path) document.querySelector<HTMLElement>('main h1')?.focus();
    before.current = path;
  }, [path]);
}
