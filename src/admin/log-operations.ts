import { z } from 'zod';
import { logLevels } from '../primitives/log-entry.js';
import { about } from './about.js';
import type { LogAdmin } from './log-admin.js';
import { listOf, rowOf } from './operation.js';

/** What these operations need of the box. */
export interface LogBox {
  readonly log: LogAdmin;
}

const row = rowOf<LogBox>();
const level = z.enum(logLevels);

/** What the box has logged; how much it logs is a setting, and what it logs from now on is told by the live events. */
export const logOperations = [
  row({
    name: 'log show',
    about: about('operation.log.show'),
    roles: ['admin'],
    http: { method: 'GET', path: '/log' },
    input: z.strictObject({
      lines: z.int().min(1).max(1000).default(100),
      /** The least severe that is shown. */
      level: level.default('trace'),
    }),
    output: listOf(
      z.object({ time: z.string(), level, message: z.string(), fields: z.record(z.string(), z.unknown()) }),
    ),
    run: async ({ log }, { lines, level }) => ({
      entries: (await log.latest(lines, level)).map((entry) => ({ ...entry, fields: { ...entry.fields } })),
    }),
  }),
];
