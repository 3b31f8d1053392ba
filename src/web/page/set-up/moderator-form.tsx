import { useSignal } from '@preact/signals';
import { ask } from '../api/ask.js';
import { findEveryFault } from '../kit/form/every-fault.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { requirePassword, requirePin } from '../kit/form/new-secret.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import { groupsOf, membersGroup } from './groups-of.js';
import { leftOpen } from './left-open.js';
import { MembersField } from './members-field.js';
import { OutsideLines, ringGroup } from './outside-lines.js';
import { isOneself, newPageUser, ownPageUser, type Person, savePageUser } from './page-user.js';
import { PageUserField } from './page-user-field.js';
import { phoneChoices, type Settings, type StepProps } from './set-up-data.js';
import { StepFrame } from './step-frame.js';

const fields = ['pin', 'password', 'name', 'members'];

/** Says who listens, gives them a PIN, and says to whom. */
export function ModeratorForm({ present: { version, settings }, onDone }: StepProps) {
  const choices = phoneChoices(settings);
  const chosen = useSignal(choices[0]?.[0] ?? '');
  const before = settings.groups.find(({ id }) => id === membersGroup);
  const form = useForm(
    async (fields, data) => {
      const made = await makeModerator(askedIn(fields, data), settings, version);
      const agreed = await agree(data.getAll('agrees').map(String), made);
      if (data.has('ring')) await ringGroup(settings, agreed);
      onDone();
    },
    (fields, data) => checkModerator(askedIn(fields, data), settings),
  );
  const fault = (field: string) => form.faultAt(field);
  return (
    <StepFrame
      step="moderator"
      title={say('setUp.moderator')}
      about={say('setUp.moderatorAbout')}
      form={form}
      fields={fields}
    >
      <Select
        name="moderator"
        label={say('setUp.who')}
        choices={choices}
        onChange={(number) => {
          chosen.value = number;
          // What was wrong with the user of somebody else.
          form.problem.value = form.problem.value?.without('password') ?? null;
        }}
      />
      <Field
        name="pin"
        type="pin"
        label={say('setUp.pin')}
        hint={say('setUp.pinHint')}
        autocomplete="off"
        maxLength={10}
        fault={fault('pin')}
        isNeeded
      />
      <PageUserField moderator={personAt(settings, chosen.value)} fault={fault('password')} />
      <Field
        name="name"
        label={say('setUp.group')}
        value={before?.name ?? say('setUp.groupIs')}
        maxLength={64}
        fault={fault('name')}
        isNeeded
      />
      <MembersField
        settings={settings}
        moderator={chosen.value}
        picked={before?.members ?? settings.extensions.filter(({ consents }) => consents).map(({ number }) => number)}
        fault={fault('members')}
      />
      <OutsideLines settings={settings} />
    </StepFrame>
  );
}

interface Asked {
  readonly moderator: string;
  readonly pin: string;
  /** For the page; empty where the moderator is to be no user of it. */
  readonly password: string;
  /** Of the group. */
  readonly name: string;
  readonly members: readonly string[];
}

function askedIn(
  { moderator = '', pin = '', password = '', name = '' }: Readonly<Record<string, string>>,
  data: FormData,
): Asked {
  return { moderator, pin, password, name, members: data.getAll('members').map(String) };
}

/** What can be wrong with it is said while it is typed; the PIN and the password do not leave the page for that. */
const checkModerator = (asked: Asked, settings: Settings): Promise<void> =>
  findEveryFault(
    () => requirePin(asked.pin, asked.moderator),
    () => requirePagePassword(asked, settings),
    () => ask('PUT', '/groups/{id}', { ...newGroups(asked, settings).members, dryRun: true }, '*'),
  );

function requirePagePassword({ moderator, password }: Asked, settings: Settings): void {
  const person = personAt(settings, moderator);
  if (password !== '' && !isOneself(person)) requirePassword('password', password, person.name);
}

/** @throws ApiProblem where there would be nobody to listen to. */
function newGroups({ moderator, members, name }: Asked, settings: Settings) {
  const others = members.filter((each) => each !== moderator);
  if (others.length === 0) throw leftOpen('members', say('setUp.noMembers'));
  const named = { moderatorsName: say('setUp.moderators'), membersName: name.trim() };
  return groupsOf(settings.groups, { moderator, members: others, ...named });
}

async function makeModerator(asked: Asked, settings: Settings, basis: number): Promise<number> {
  const { moderator, pin, password } = asked;
  const groups = newGroups(asked, settings);
  requirePin(pin, moderator);
  const person = personAt(settings, moderator);
  // If the group, the user or the PIN cannot be used, nothing has been changed.
  await ask('PUT', '/groups/{id}', { ...groups.members, dryRun: true }, basis);
  const user = await pageUserOf(person, password);
  const { version: withPin } = await ask('PUT', '/pins/{number}', { number: moderator, pin }, basis);
  const { version: withModerators } = await ask('PUT', '/groups/{id}', groups.moderators, withPin);
  const { version } = await ask('PUT', '/groups/{id}', groups.members, withModerators);
  if (user) await savePageUser(user);
  return version;
}

/** Who listens by the page then; null where that is nobody new. */
async function pageUserOf(moderator: Person, password: string) {
  if (isOneself(moderator)) return ownPageUser(moderator.number);
  if (password === '') return null;
  return newPageUser({ name: moderator.name, extension: moderator.number, password });
}

const personAt = ({ extensions }: Settings, number: string): Person => ({
  number,
  name: extensions.find((each) => each.number === number)?.name ?? number,
});

/** @returns the version of the settings in which all of these have agreed. */
async function agree(numbers: readonly string[], basis: number): Promise<number> {
  let version = basis;
  for (const number of numbers)
    ({ version } = await ask('PATCH', '/extensions/{number}', { number, consents: true }, version));
  return version;
}
