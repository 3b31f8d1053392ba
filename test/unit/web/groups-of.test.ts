import { describe, expect, it } from 'vitest';
import { groupsOf, hasModerators } from '../../../src/web/page/set-up/groups-of.js';

const chosen = { moderator: '101', members: ['102', '103'], moderatorsName: 'Moderators', membersName: 'Sales' };
const moderators = { id: 'moderators', name: 'Leads', number: '300', members: ['104', '105'] };
const members = { id: 'members', name: 'Support', number: '200', members: ['106'] };

describe('the groups made when a box is set up', () => {
  it('are new ones in a new box', () => {
    expect(groupsOf([], chosen)).toEqual({
      moderators: { id: 'moderators', name: 'Moderators', members: ['101'] },
      members: { id: 'members', name: 'Sales', members: ['102', '103'] },
    });
  });

  it('keep the moderators, the name and the numbers that are there already', () => {
    const made = groupsOf([moderators, members], { ...chosen, moderator: '105' });
    expect(made.moderators).toEqual(moderators);
    expect(made.members).toEqual({ ...members, name: 'Sales', members: ['102', '103'] });
    expect(groupsOf([moderators], chosen).moderators.members).toEqual(['104', '105', '101']);
  });

  it('are asked for until both are there, or a profile says who listens', () => {
    expect(hasModerators({ groups: [moderators], profiles: [] })).toBe(false);
    expect(hasModerators({ groups: [moderators, members], profiles: [] })).toBe(true);
    expect(hasModerators({ groups: [], profiles: [{}] })).toBe(true);
  });
});
