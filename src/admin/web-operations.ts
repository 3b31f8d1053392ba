import { z } from 'zod';
import { settingsSchema } from '../store/settings/settings-schema.js';
import { about } from './about.js';
import { type Caller, rowOf } from './operation.js';
import type { SettingsBox } from './settings/settings-change.js';
import { version } from './versions.js';

const web = settingsSchema.shape.web.unwrap();

const trial = z.object({
  /** Who has asked for the move, and alone can confirm it. */
  by: z.string(),
  secondsLeft: z.int(),
  /** Where the box is served again unless they do. */
  before: web,
});
export type ShownTrial = z.input<typeof trial>;

/** Where the page is served, while it is not sure that whoever moved it finds it there. */
export interface WebTrying {
  /** Null where nothing has to be confirmed. */
  readonly running: ShownTrial | null;
  /** @throws AdminError where there is nothing to be confirmed, or not by this caller. */
  confirm(caller: Caller): Promise<void>;
  /** Goes back at once. @throws AdminError where there is nothing to go back from. */
  revert(caller: Caller): Promise<void>;
}

/** What these operations need of the box. */
export interface WebBox extends SettingsBox {
  readonly webTrial: WebTrying;
}

const row = rowOf<WebBox>();
const nothing = z.strictObject({});
const shown = z.object({ version, web, trial: trial.nullable() });

const view = ({ settings: { current }, webTrial }: WebBox): z.input<typeof shown> => ({
  version: current.version,
  web: current.settings.web,
  trial: webTrial.running,
});

/** Where browsers and programs find the box; who moves it by the page has to confirm that it is found there. */
export const webOperations = [
  row({
    name: 'web show',
    about: about('operation.web.show'),
    roles: ['read'],
    http: { method: 'GET', path: '/web' },
    input: nothing,
    output: shown,
    run: async (box) => view(box),
  }),
  row({
    name: 'web confirm',
    about: about('operation.web.confirm'),
    roles: ['admin'],
    http: { method: 'POST', path: '/web/confirm' },
    input: nothing,
    output: shown,
    async run(box, _input, caller) {
      await box.webTrial.confirm(caller);
      return view(box);
    },
  }),
  row({
    name: 'web revert',
    about: about('operation.web.revert'),
    roles: ['admin'],
    http: { method: 'POST', path: '/web/revert' },
    input: nothing,
    output: shown,
    async run(box, _input, caller) {
      await box.webTrial.revert(caller);
      return view(box);
    },
  }),
];
