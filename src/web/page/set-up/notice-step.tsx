import { ask } from '../api/ask.js';
import { Check } from '../kit/check.js';
import { Choices } from '../kit/choices.js';
import { Field } from '../kit/field.js';
import { useForm } from '../kit/form.js';
import { say } from '../texts.js';
import { membersGroup, moderatorsGroup } from './moderator-step.js';
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

/** How the parties are told; with it the profile is whole, and the moderator can listen. */
export function NoticeStep({ present: { version, settings }, onDone }: StepProps) {
  const [handset] = settings.analogPhones;
  const nameOf = (number: string) => settings.extensions.find((each) => each.number === number)?.name ?? number;
  const group = settings.groups.find(({ id }) => id === membersGroup);
  const form = useForm(async ({ member, other, service = '', handset: isWanted }) => {
    const profile = {
      ...{ id: membersGroup, name: group?.name ?? membersGroup, service },
      ...{ moderators: moderatorsGroup, members: membersGroup },
      interventions: ['whisper', 'barge', 'takeOver'] as ('whisper' | 'barge' | 'takeOver')[],
      notice: { member: noticeOf(member), other: noticeOf(other) },
    };
    const { version: last } = await ask('PUT', '/profiles/{id}', profile, version);
    if (handset && isWanted) {
      const onLift = { kind: 'call', number: service } as const;
      await ask('PATCH', '/analog-phones/{fxs}', { fxs: handset.fxs, onLift }, last);
    }
    onDone();
  });
  if (!group)
    return (
      <StepFrame step="notice" title={say('setUp.notice')} about={say('setUp.noGroup')} form={null}>
        <p>
          <a href={pathOf('moderator')}>{say('setUp.toModerator')}</a>
        </p>
      </StepFrame>
    );
  const labelOf = (kind: Notice['kind']) => say(`setUp.noticeIs.${kind}`);
  return (
    <StepFrame step="notice" title={say('setUp.notice')} about={say('setUp.noticeAbout')} form={form}>
      <Choices name="member" legend={say('setUp.toMember')} values={kinds} labelOf={labelOf} value="toneAtStart" />
      <Choices name="other" legend={say('setUp.toOther')} values={kinds} labelOf={labelOf} value="announcement" />
      <Field
        name="service"
        label={say('setUp.service')}
        value="*55"
        maxLength={8}
        fault={form.problem.value?.faultAt('service')}
        isNeeded
      />
      {handset && <Check name="handset" label={say('setUp.handset', { name: nameOf(handset.extension) })} isChecked />}
    </StepFrame>
  );
}
