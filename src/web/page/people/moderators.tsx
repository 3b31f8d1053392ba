import { ask } from '../api/ask.js';
import { hasRole } from '../api/session.js';
import { useFront } from '../kit/front.js';
import { List } from '../kit/list/list.js';
import type { Column } from '../kit/list/list-view.js';
import { RemoveEntry } from '../kit/question/remove-entry.js';
import { say } from '../texts.js';
import type { PeopleData, PinHolder } from './people-data.js';
import { SetPin } from './set-pin.js';

interface Front {
  readonly kind: 'set' | 'remove';
  readonly holder: PinHolder;
}

/** Who moderates, and with a PIN or without. */
export function Moderators({ data }: { readonly data: PeopleData }) {
  const { shown, show, close, done } = useFront<Front>(data.fresh);
  const pins = data.pins.value.value;
  const version = data.extensions.value.value?.version;
  if (!pins || version === undefined) return null;
  return (
    <>
      <p class="lead">{say('people.moderatorsAbout')}</p>
      <List
        name="moderators"
        label={say('people.moderators')}
        entries={pins.entries}
        keyOf={({ number }) => number}
        columns={columnsOf(data)}
        action={hasRole() ? (holder) => <PinButtons holder={holder} show={show} /> : undefined}
      />
      {shown?.kind === 'set' && <SetPin holder={shown.holder} onClose={close} onSet={() => done()} />}
      {shown?.kind === 'remove' && (
        <RemoveEntry
          title={say('people.removePinOf', shown.holder)}
          action={say('people.removePin')}
          onClose={close}
          place={['extensions', shown.holder.number, 'pin']}
          version={version}
          send={(basis) => ask('DELETE', '/pins/{number}', { number: shown.holder.number }, basis)}
          gone={say('people.pinRemoved', shown.holder)}
          onRemoved={() => done()}
        >
          <p>{say('people.removePinAbout')}</p>
        </RemoveEntry>
      )}
    </>
  );
}

interface PinButtonsProps {
  readonly holder: PinHolder;
  readonly show: (front: Front) => () => void;
}

function PinButtons({ holder, show }: PinButtonsProps) {
  return (
    <span class="row-buttons">
      <button type="button" aria-label={say('people.setPinOf', holder)} onClick={show({ kind: 'set', holder })}>
        {say('people.setPin')}
      </button>
      {holder.hasPin && (
        <button type="button" aria-label={say('people.removePinOf', holder)} onClick={show({ kind: 'remove', holder })}>
          {say('form.remove')}
        </button>
      )}
    </span>
  );
}

function columnsOf({ groups, profiles }: PeopleData): readonly Column<PinHolder>[] {
  const pinText = ({ hasPin }: PinHolder) => say(hasPin ? 'people.pinIs.set' : 'people.pinIs.missing');
  const all = groups.value.value?.entries ?? [];
  const membersOf = (group: string) => all.find(({ id }) => id === group);
  const listensTo = ({ number }: PinHolder) => {
    const own = (profiles.value.value?.entries ?? []).filter(({ moderators }) =>
      membersOf(moderators)?.members.includes(number),
    );
    if (own.length === 0) return say('people.noProfile');
    return say('people.mayListenTo', {
      groups: own.map(({ members }) => membersOf(members)?.name ?? members).join(', '),
    });
  };
  return [
    { id: 'number', name: say('people.number'), text: ({ number }) => number },
    { id: 'name', name: say('people.name'), text: ({ name }) => name },
    {
      id: 'pin',
      name: say('people.pin'),
      text: pinText,
      show: (holder) => <span class={`badge ${holder.hasPin ? 'good' : 'bad'}`}>{pinText(holder)}</span>,
    },
    { id: 'listens', name: say('people.mayListen'), text: listensTo },
  ];
}
