import { OwnPeriods } from '../agreement/own-periods.js';
import { session } from '../api/session.js';
import { OwnHandling } from '../handling/own-handling.js';
import { Heading } from '../kit/heading.js';
import { Rows } from '../kit/rows.js';
import { useTitle } from '../kit/title.js';
import { OwnAskers } from '../listening/own-askers.js';
import { OwnHelp } from '../listening/own-help.js';
import { OwnListening } from '../listening/own-listening.js';
import { OwnSheets } from '../sheets/own-sheets.js';
import { say } from '../texts.js';
import { OwnRecord } from './own-record.js';
import { PasswordForm } from './password-form.js';
import { SecondFactor } from './second-factor.js';

/** What concerns the person who is signed in: who they are here, and their own way in. */
export default function Own() {
  useTitle(say('place.own'));
  const person = session.value;
  if (!person) return null;
  return (
    <>
      <Heading>{say('place.own')}</Heading>
      <Rows
        rows={[
          [say('own.name'), person.name],
          [say('own.roles'), person.roles.map((role) => say(`own.roleIs.${role}`)).join(', ')],
          person.extension === null ? null : [say('own.extension'), person.extension],
        ]}
      />
      {person.roles.includes('member') && <OwnPeriods />}
      <OwnAskers />
      <OwnHelp />
      <OwnListening />
      {person.extension !== null && <OwnRecord />}
      {person.extension !== null && <OwnSheets />}
      {person.extension !== null && <OwnHandling />}
      <PasswordForm />
      <SecondFactor />
    </>
  );
}
