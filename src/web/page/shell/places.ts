import type { Role } from '../../../admin/operation.js';

/** A place of the menu, and who has it; an admin has all. */
interface Place {
  readonly name: 'live' | 'people' | 'rules' | 'lines' | 'agreement' | 'record' | 'licence' | 'system' | 'own';
  readonly path: `/${string}`;
  /** Its other pages, below its path. */
  readonly parts?: readonly string[];
  readonly roles: readonly Role[];
}

/** The menu, from top to bottom. */
export const places: readonly Place[] = [
  { name: 'live', path: '/', roles: ['read', 'council', 'moderator', 'member'] },
  { name: 'people', path: '/people', parts: ['groups', 'moderators'], roles: ['read', 'council'] },
  { name: 'rules', path: '/listening', parts: ['consent', 'exclusions', 'limits'], roles: ['read', 'council'] },
  { name: 'lines', path: '/lines', parts: ['phones', 'analog', 'telephony'], roles: ['read'] },
  {
    name: 'agreement',
    path: '/agreement',
    parts: ['draft', 'periods', 'history'],
    roles: ['council', 'moderator', 'member'],
  },
  { name: 'record', path: '/record', parts: ['calls', 'report'], roles: ['council', 'member'] },
  { name: 'licence', path: '/licence', roles: ['read', 'council', 'moderator'] },
  {
    name: 'system',
    path: '/system',
    parts: ['settings', 'backup', 'update', 'users', 'network', 'support'],
    roles: ['read'],
  },
  { name: 'own', path: '/own', roles: ['read', 'council', 'moderator', 'member'] },
];

/** The paths at which the page can be opened. */
export const pathsOfPlaces: readonly string[] = [
  ...places.flatMap(({ path, parts = [] }) => [path, ...parts.map((part) => `${path}/${part}`)]),
  '/set-up',
];

/** The menu of a person. */
export const placesFor = (roles: readonly Role[]): readonly Place[] =>
  places.filter((place) => roles.includes('admin') || place.roles.some((role) => roles.includes(role)));
