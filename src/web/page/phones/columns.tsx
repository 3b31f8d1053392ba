import type { Column, Filter } from '../kit/list/list-view.js';
import { say } from '../texts.js';
import { PhoneStanding, type Standing, standingOf, standingText } from './phone-state.js';
import { type Extension, idText, type Phone, type PhoneState } from './phones-data.js';

const stateOf = (states: readonly PhoneState[], { id }: Phone) => states.find((state) => state.id === id);

export function columnsOf(states: readonly PhoneState[], extensions: readonly Extension[]): readonly Column<Phone>[] {
  const nameOf = (number: string) => extensions.find((each) => each.number === number)?.name ?? '';
  return [
    { id: 'phone', name: say('phones.phone'), text: ({ id }) => idText(id) },
    { id: 'model', name: say('phones.model'), text: ({ model }) => say(`phones.modelIs.${model}`) },
    {
      id: 'extensions',
      name: say('live.extension'),
      text: (phone) => phone.extensions.map((number) => `${number} ${nameOf(number)}`).join(', '),
    },
    {
      id: 'state',
      name: say('live.state'),
      text: (phone) => standingText(stateOf(states, phone)),
      show: (phone) => <PhoneStanding state={stateOf(states, phone)} />,
    },
  ];
}

const standings: readonly Standing[] = ['registered', 'fetched', 'outdated', 'never', 'revoked'];

export const filtersOf = (states: readonly PhoneState[]): readonly Filter<Phone>[] => [
  {
    id: 'state',
    name: say('live.state'),
    choices: standings.map((standing) => ({
      id: standing,
      name: say(`phones.standing.${standing}`),
      fits: (phone) => standingOf(stateOf(states, phone)) === standing,
    })),
  },
];
