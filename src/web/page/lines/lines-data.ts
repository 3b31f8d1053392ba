import { ask } from '../api/ask.js';
import { askExtensions } from '../api/extensions.js';
import { allFresh, Resource } from '../api/resource.js';
import { hasRole } from '../api/session.js';
import type { OutputOf } from '../api/table.js';

export type Trunk = OutputOf<'GET', '/trunks'>['entries'][number];
export type AnalogPhone = OutputOf<'GET', '/analog-phones'>['entries'][number];
export type Provider = OutputOf<'GET', '/providers'>['entries'][number];
export type Line = OutputOf<'GET', '/lines'>['entries'][number];
export type Extension = OutputOf<'GET', '/extensions'>['entries'][number];
export type TelephonySettings = OutputOf<'GET', '/settings'>['settings'];
export type Group = OutputOf<'GET', '/groups'>['entries'][number];

/** A port of the board: `fxs` feeds a telephone, `fxo` is the telephone of an exchange. */
export interface Port {
  readonly port: string;
  readonly kind: string;
}

/** What connects the box to the outside, and to the telephones on its own ports. */
export class LinesData {
  readonly trunks = new Resource(() => ask('GET', '/trunks', {}));
  readonly analogPhones = new Resource(() => ask('GET', '/analog-phones', {}));
  readonly lines = new Resource(() => ask('GET', '/lines', {}));
  readonly extensions = new Resource(askExtensions);
  readonly groups = new Resource(() => ask('GET', '/groups', {}));
  readonly providers = new Resource(() => ask('GET', '/providers', {}));
  readonly ports = new Resource(async () => portsIn((await ask('GET', '/support', { part: 'board' })).content));
  readonly settings = new Resource(() => ask('GET', '/settings', {}));

  readonly #shown = [this.trunks, this.analogPhones, this.lines, this.extensions, this.groups] as const;
  readonly #ofAdmins = [this.providers, this.ports, this.settings] as const;

  readonly fresh = (): Promise<void> => allFresh([...this.#shown, ...(hasRole() ? this.#ofAdmins : [])]);

  readonly refresh = (): void => void this.fresh();

  /** Why something of it is not there. */
  get problem() {
    return (
      [...this.#shown, ...this.#ofAdmins].map(({ problem }) => problem.value).find((each) => each !== null) ?? null
    );
  }
}

/** The board as the support bundle has it. */
function portsIn(board: unknown): readonly Port[] {
  const { lines } = Object(board);
  return Array.isArray(lines) ? lines.map(({ port, kind }) => ({ port: String(port), kind: String(kind) })) : [];
}
