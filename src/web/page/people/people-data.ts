import { ask } from '../api/ask.js';
import { askExtensions } from '../api/extensions.js';
import { allFresh, Resource } from '../api/resource.js';
import { hasRole } from '../api/session.js';
import type { OutputOf } from '../api/table.js';

export type Extension = OutputOf<'GET', '/extensions'>['entries'][number];
export type Group = OutputOf<'GET', '/groups'>['entries'][number];
export type Profile = OutputOf<'GET', '/profiles'>['entries'][number];
export type PinHolder = OutputOf<'GET', '/pins'>['entries'][number];
export type Phone = OutputOf<'GET', '/registrations'>['entries'][number];

/** What the places tell of people, and who may listen to them. */
export class PeopleData {
  readonly extensions = new Resource(askExtensions);
  readonly groups = new Resource(() => ask('GET', '/groups', {}));
  readonly profiles = new Resource(() => ask('GET', '/profiles', {}));
  readonly pins = new Resource(() => ask('GET', '/pins', {}));
  readonly phones = new Resource(() => ask('GET', '/registrations', {}));
  readonly lines = new Resource(() => ask('GET', '/lines', {}));
  readonly exclusions = new Resource(() => ask('GET', '/exclusions', {}));

  readonly fresh = (): Promise<void> =>
    allFresh([
      ...[this.extensions, this.groups, this.profiles, this.exclusions],
      ...(hasRole('council') ? [this.pins] : []),
      ...(hasRole('read') ? [this.phones, this.lines] : []),
    ]);

  readonly refresh = (): void => void this.fresh();

  /** Why something of it is not there. */
  get problem() {
    const all = [this.extensions, this.groups, this.profiles, this.exclusions, this.pins, this.phones, this.lines];
    return all.map(({ problem }) => problem.value).find((problem) => problem !== null) ?? null;
  }
}

/** Such as `101 Anna`. */
export const nameOf = ({ number, name }: Pick<Extension, 'number' | 'name'>): string => `${number} ${name}`;

export type Reachable = ReturnType<typeof reachableAt>;

/** What rings when an extension is called: phones that have registered, and the telephone at the box if it works. */
export function reachableAt(number: string, { phones, lines }: PeopleData) {
  const registered = (phones.value.value?.entries ?? []).filter(({ extension }) => extension === number);
  const telephones = (lines.value.value?.entries ?? []).filter(
    ({ kind, line, isUp }) => kind === 'telephone' && line === number && isUp,
  );
  return { registered, telephones };
}
