import { useSignal } from '@preact/signals';
import type { Fault } from '../api/api-problem.js';
import { Field } from '../kit/form/field.js';
import { Select } from '../kit/form/select.js';
import { say } from '../texts.js';
import { type Notice, noticeText } from './profile-text.js';

interface NoticeFieldProps {
  readonly side: 'member' | 'other';
  /** Undefined until somebody has decided: there is no usual one. */
  readonly notice: Notice | undefined;
  readonly faultAt: (field: string) => Fault | undefined;
}

const kinds: readonly Notice['kind'][] = ['announcement', 'toneEvery', 'toneAtStart', 'none'];
const usualSeconds = 15;

/** How one side is told, and what that means for it. */
export function NoticeField({ side, notice, faultAt }: NoticeFieldProps) {
  const present = notice?.kind === 'toneEvery' ? notice.seconds : usualSeconds;
  const kind = useSignal<Notice['kind'] | ''>(notice?.kind ?? '');
  const seconds = useSignal(String(present));
  const at = `notice.${side}`;
  const isRepeated = kind.value === 'toneEvery';
  const means =
    kind.value === 'toneEvery'
      ? say('rules.noticeMeans.toneEvery', { seconds: seconds.value })
      : kind.value && noticeText({ kind: kind.value });
  const about = side === 'member' ? 'rules.theMember' : 'rules.theOther';
  return (
    <>
      <Select
        name={`${at}.kind`}
        label={say(side === 'member' ? 'rules.noticeMember' : 'rules.noticeOther')}
        hint={means ? say(about, { notice: means }) : say('rules.noticeHint')}
        value={kind.value}
        choices={[
          ...(notice ? [] : [['', say('rules.notice.choose')] as const]),
          ...kinds.map((each) => [each, say(`rules.notice.${each}`)] as const),
        ]}
        onChange={(value) => {
          kind.value = kinds.find((each) => each === value) ?? '';
        }}
        fault={isRepeated ? undefined : faultAt(`${at}.kind`)}
      />
      {isRepeated && (
        <div
          onInput={({ target }) => {
            if (target instanceof HTMLInputElement) seconds.value = target.value;
          }}
        >
          <Field
            name={`${at}.seconds`}
            type="digits"
            label={say('rules.seconds')}
            value={present}
            maxLength={3}
            fault={faultAt(`${at}.seconds`)}
          />
        </div>
      )}
    </>
  );
}
