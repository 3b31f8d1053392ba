import { Rows } from '../kit/rows.js';
import { say } from '../texts.js';
import { membersGroup, moderatorsGroup } from './groups-of.js';
import type { Settings } from './set-up-data.js';
import { StepFrame } from './step-frame.js';

/** So many are named; the place for groups has them all. */
const mostNamed = 12;

/** Who listens, and to whom, as it is by now. */
export function ModeratorsPresent({ settings: { groups, profiles, extensions } }: { readonly settings: Settings }) {
  const shown = [
    moderatorsGroup,
    membersGroup,
    ...profiles.flatMap(({ moderators, members }) => [moderators, members]),
  ];
  const listenedTo = [membersGroup, ...profiles.map(({ members }) => members)];
  const nameOf = (number: string, isMember: boolean) => {
    const { name = '', consents = false } = extensions.find((each) => each.number === number) ?? {};
    return isMember && !consents ? say('setUp.withoutConsent', { number, name }) : `${number} ${name}`;
  };
  const named = ({ id, members }: Settings['groups'][number]) => {
    const names = members.slice(0, mostNamed).map((number) => nameOf(number, listenedTo.includes(id)));
    return [...names, ...(members.length > mostNamed ? ['…'] : [])].join(', ');
  };
  return (
    <StepFrame step="moderator" title={say('setUp.moderator')} about={say('setUp.moderatorsPresent')} form={null}>
      <Rows rows={groups.filter(({ id }) => shown.includes(id)).map((group) => [group.name, named(group)])} />
      <p>
        <a href="/people/groups">{say('setUp.toGroups')}</a> · <a href="/people/moderators">{say('setUp.toPins')}</a> ·{' '}
        <a href="/listening/consent">{say('setUp.toConsent')}</a>
      </p>
    </StepFrame>
  );
}
