import { ask } from '../api/ask.js';
import { watchEvents } from '../api/events.js';
import { askExtensions } from '../api/extensions.js';
import { allFresh, Resource } from '../api/resource.js';
import type { InputOf, OutputOf } from '../api/table.js';

export type Phone = OutputOf<'GET', '/phones'>['entries'][number];
export type Button = Phone['buttons'][number];
export type SentPhone = InputOf<'PUT', '/phones/{id}'>;
export type Model = OutputOf<'GET', '/phone-states'>['models'][number];
export type PhoneState = OutputOf<'GET', '/phone-states'>['entries'][number];
export type Extension = OutputOf<'GET', '/extensions'>['entries'][number];
export type Profile = OutputOf<'GET', '/profiles'>['entries'][number];

/** The phones that fetch their configuration, how they are, and who and what they can be set to. */
export class PhonesData {
  readonly phones = new Resource(() => ask('GET', '/phones', {}));
  readonly states = new Resource(() => ask('GET', '/phone-states', {}));
  readonly extensions = new Resource(askExtensions);
  readonly profiles = new Resource(() => ask('GET', '/profiles', {}));

  readonly #all = [this.phones, this.states, this.extensions, this.profiles] as const;

  readonly fresh = (): Promise<void> => allFresh(this.#all);

  readonly refresh = (): void => void this.fresh();

  /** Asks for everything once the box tells what happens, and for how the phones are whenever one has come or gone. @returns what ends that. */
  follow(): () => void {
    return watchEvents(['phones', 'registrations'], (kind) => {
      if (kind === null) this.refresh();
      else this.states.refresh();
    });
  }

  /** Why something of it is not there. */
  get problem() {
    return this.#all.map(({ problem }) => problem.value).find((each) => each !== null) ?? null;
  }
}

/** A MAC address as it stands on the phone; the name of an app as it is. */
export const idText = (id: string): string =>
  /^[0-9a-f]{12}$/.test(id) ? id.toUpperCase().replace(/(..)(?=.)/g, '$1:') : id;
