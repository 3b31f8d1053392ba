import { useSignal } from '@preact/signals';
import type { Fault } from '../api/api-problem.js';
import { Picks } from '../kit/form/picks.js';
import { say } from '../texts.js';
import { phoneChoices, type Settings } from './set-up-data.js';

interface MembersFieldProps {
  readonly settings: Settings;
  readonly picked: readonly string[];
  /** Who listens, and is nobody to be listened to. */
  readonly moderator: string;
  readonly fault: Fault | undefined;
}

/** Who is listened to; of those who have not agreed yet it is said at once, and asked whether they do. */
export function MembersField({ settings, picked, moderator, fault }: MembersFieldProps) {
  const members = useSignal(picked);
  /** Who is said to agree now. */
  const agree = useSignal<readonly string[]>([]);
  const choices = phoneChoices(settings);
  const agreed = settings.extensions.filter(({ consents }) => consents).map(({ number }) => number);
  const isOpen = (number: string) => members.value.includes(number) && number !== moderator && !agreed.includes(number);
  const open = choices.filter(([number]) => isOpen(number));
  const left = open.filter(([number]) => !agree.value.includes(number));
  return (
    <>
      <Picks
        name="members"
        label={say('setUp.members')}
        hint={say('setUp.membersAbout')}
        choices={choices}
        picked={picked}
        fault={fault}
        onPick={(now) => {
          members.value = now;
        }}
      />
      <p role="status" class={left.length > 0 ? 'notice' : ''}>
        {left.length > 0 && say('setUp.notAgreed', { list: left.map(([, name]) => name).join(', ') })}
      </p>
      {open.length > 0 && (
        <Picks
          name="agrees"
          label={say('setUp.agreeNow')}
          choices={open}
          picked={agree.value}
          onPick={(now) => {
            agree.value = now;
          }}
        />
      )}
    </>
  );
}
