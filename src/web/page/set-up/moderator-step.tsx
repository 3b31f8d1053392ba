import { ApiProblem } from '../api/api-problem.js';
import { ask } from '../api/ask.js';
import { Check } from '../kit/check.js';
import { Field } from '../kit/field.js';
import { useForm } from '../kit/form.js';
import { Select } from '../kit/select.js';
import { say } from '../texts.js';
import { phonesIn, type StepProps } from './set-up-data.js';
import { StepFrame } from './step-frame.js';
import { pathOf } from './steps.js';

/** The groups that the profile is made of afterwards. */
export const moderatorsGroup = 'moderators';
export const membersGroup = 'members';

/** Says who listens, gives them a PIN, and says to whom. */
export function ModeratorStep({ present: { version, settings }, onDone }: StepProps) {
  const phones = phonesIn(settings);
  const form = useForm(async ({ moderator = '', pin = '', group = '', ...ticks }) => {
    const members = phones.map(({ number }) => number).filter((each) => each !== moderator && ticks[`member-${each}`]);
    if (members.length === 0) throw new ApiProblem(0, 'page', say('setUp.noMembers'));
    // The PIN first: if it cannot be used, nothing has been changed.
    const { version: withPin } = await ask('PUT', '/pins/{number}', { number: moderator, pin }, version);
    const name = say('setUp.moderators');
    const leads = { id: moderatorsGroup, name, members: [moderator] };
    const { version: withLeads } = await ask('PUT', '/groups/{id}', leads, withPin);
    const { version: last } = await ask('PUT', '/groups/{id}', { id: membersGroup, name: group, members }, withLeads);
    await ringGroup(settings.trunks, last);
    onDone();
  });
  const fault = (field: string) => form.problem.value?.faultAt(field);
  if (phones.length < 2)
    return (
      <StepFrame step="moderator" title={say('setUp.moderator')} about={say('setUp.noPhones')} form={null}>
        <p>
          <a href={pathOf('phones')}>{say('setUp.toPhones')}</a>
        </p>
      </StepFrame>
    );
  return (
    <StepFrame step="moderator" title={say('setUp.moderator')} about={say('setUp.moderatorAbout')} form={form}>
      <Select
        name="moderator"
        label={say('setUp.who')}
        choices={phones.map(({ number, name }) => [number, `${number} ${name}`])}
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
      <Field name="group" label={say('setUp.group')} value={say('setUp.groupIs')} fault={fault('name')} isNeeded />
      <fieldset class="choices">
        <legend>{say('setUp.members')}</legend>
        <p class="hint">{say('setUp.membersAbout')}</p>
        {phones.map(({ number, name, consents }) => (
          <Check key={number} name={`member-${number}`} label={`${number} ${name}`} isChecked={consents} />
        ))}
      </fieldset>
    </StepFrame>
  );
}

/** Exchange lines, which ring the telephone at the box until there is a group, ring the group. */
async function ringGroup(trunks: StepProps['present']['settings']['trunks'], basis: number): Promise<void> {
  let version = basis;
  for (const { id, kind, inbound } of trunks) {
    if (kind !== 'analog' || !('extension' in inbound)) continue;
    ({ version } = await ask('PATCH', '/trunks/{id}', { id, inbound: { group: membersGroup } }, version));
  }
}
