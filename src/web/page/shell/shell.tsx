import { ErrorBoundary, LocationProvider, Route, Router } from 'preact-iso';
import { AgreementNote } from '../agreement/agreement-note.js';
import { isConnected } from '../api/events.js';
import { hasRole, type session } from '../api/session.js';
import { lazily, lazyPlace } from '../kit/lazily.js';
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
          <ErrorBoundary>
            {hasRole() && <WebTrial />}
            <Places />
          </ErrorBoundary>
          <AgreementNote />
        </main>
      </div>
    </LocationProvider>
  );
}

/** Live is there at once; what else there is comes when it is asked for. */
const WebTrial = lazily(() => import('./web-trial.js'));
const People = lazyPlace(() => import('../people/people.js'));
const Rules = lazyPlace(() => import('../rules/rules.js'));
const Lines = lazyPlace(() => import('../lines/lines.js'));
const Agreement = lazyPlace(() => import('../agreement/agreement.js'));
const Record = lazyPlace(() => import('../record/record.js'));
const Licence = lazyPlace(() => import('../licence/licence.js'));
const System = lazyPlace(() => import('../system/system.js'));
const SetUp = lazyPlace(() => import('../set-up/set-up.js'));
const Own = lazyPlace(() => import('../own/own.js'));

function Places() {
  return (
    <Router>
      <Route path="/" component={Live} />
      <Route path="/people/:part?" component={People} />
      <Route path="/listening/:part?" component={Rules} />
      <Route path="/lines/:part?" component={Lines} />
      <Route path="/agreement/:part?" component={Agreement} />
      <Route path="/record/:part?" component={Record} />
      <Route path="/licence" component={Licence} />
      <Route path="/system/:part?" component={System} />
      <Route path="/own" component={Own} />
      <Route path="/set-up" component={SetUp} />
      <Route default component={Nowhere} />
    </Router>
  );
}
