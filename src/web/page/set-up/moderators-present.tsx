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
  const nameOf = (number: string) => extensions.find((each) => each.number === number)?.name ?? '';
  const named = (members: readonly string[]) => {
    const names = members.slice(0, mostNamed).map((number) => `${number} ${nameOf(number)}`);
    return [...names, ...(members.length > mostNamed ? ['…'] : [])].join(', ');
  };
  return (
    <StepFrame step="moderator" title={say('setUp.moderator')} about={say('setUp.moderatorsPresent')} form={null}>
      <Rows rows={groups.filter(({ id }) => shown.includes(id)).map(({ name, members }) => [name, named(members)])} />
      <p>
        <a href="/people/groups">{say('setUp.toGroups')}</a> · <a href="/people/moderators">{say('setUp.toPins')}</a>
      </p>
    </StepFrame>
  );
}
