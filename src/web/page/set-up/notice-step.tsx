import { ask } from '../api/ask.js';
import { Check } from '../kit/form/check.js';
import { Choices } from '../kit/form/choices.js';
import { Field } from '../kit/form/field.js';
import { useForm } from '../kit/form/form.js';
import { InterventionsField, readInterventions } from '../rules/interventions-field.js';
import { say } from '../texts.js';
import { hasModerators, membersGroup, moderatorsGroup } from './groups-of.js';
import { NoticePresent } from './notice-present.js';
import type { Settings, StepProps } from './set-up-data.js';
import { StepFrame } from './step-frame.js';
import { pathOf } from './steps.js';

type Notice = Settings['profiles'][number]['notice']['member'];

const notices = {
  announcement: { kind: 'announcement' },
  toneAtStart: { kind: 'toneAtStart' },
  toneEvery: { kind: 'toneEvery', seconds: 15 },
  none: { kind: 'none' },
} as const satisfies Readonly<Record<Notice['kind'], Notice>>;
const kinds = ['announcement', 'toneAtStart', 'toneEvery', 'none'] as const;

const noticeOf = (kind: string | undefined): Notice => notices[kinds.find((each) => each === kind) ?? 'announcement'];

/** How the parties are told: asked once, since to ask again would undo what was changed in the meantime. */
export function NoticeStep(props: StepProps) {
  const { settings } = props.present;
  if (settings.profiles.length > 0) return <NoticePresent settings={settings} />;
  const group = settings.groups.find(({ id }) => id === membersGroup);
  if (!group || !hasModerators(settings))
    return (
      <StepFrame step="notice" title={say('setUp.notice')} about={say('setUp.noGroup')} form={null}>
        <p>
          <a href={pathOf('moderator')}>{say('setUp.toModerator')}</a>
        </p>
      </StepFrame>
    );
  return <NoticeForm {...props} name={group.name} />;
}

interface NoticeFormProps extends StepProps {
  /** Of the group, and so of the profile. */
  readonly name: string;
}

/** With it the profile is whole, and the moderator can listen. */
function NoticeForm({ present: { version, settings }, name, onDone }: NoticeFormProps) {
  const [handset] = settings.analogPhones;
  const nameOf = (number: string) => settings.extensions.find((each) => each.number === number)?.name ?? number;
  const profileOf = ({ member, other, service = '' }: Readonly<Record<string, string>>, data: FormData) => ({
    ...{ id: membersGroup, name, service },
    ...{ moderators: moderatorsGroup, members: membersGroup },
    interventions: readInterventions(data),
    notice: { member: noticeOf(member), other: noticeOf(other) },
  });
  const form = useForm(
    async (fields, data) => {
      const profile = profileOf(fields, data);
      const { version: last } = await ask('PUT', '/profiles/{id}', profile, version);
      if (handset && fields.handset) {
        const onLift = { kind: 'call', number: profile.service } as const;
        await ask('PATCH', '/analog-phones/{fxs}', { fxs: handset.fxs, onLift }, last);
      }
      onDone();
    },
    (fields, data) => ask('PUT', '/profiles/{id}', { ...profileOf(fields, data), dryRun: true }, '*'),
  );
  const labelOf = (kind: Notice['kind']) => say(`setUp.noticeIs.${kind}`);
  return (
    <StepFrame
      step="notice"
      title={say('setUp.notice')}
      about={say('setUp.noticeAbout')}
      form={form}
      fields={['service']}
    >
      <Choices name="member" legend={say('setUp.toMember')} values={kinds} labelOf={labelOf} value="toneAtStart" />
      <Choices name="other" legend={say('setUp.toOther')} values={kinds} labelOf={labelOf} value="announcement" />
      <InterventionsField picked={[]} hint={say('setUp.listenOnly')} />
      <Field
        name="service"
        label={say('setUp.service')}
        value="*55"
        maxLength={8}
        fault={form.faultAt('service')}
        isNeeded
      />
      {handset && <Check name="handset" label={say('setUp.handset', { name: nameOf(handset.extension) })} isChecked />}
    </StepFrame>
  );
}
