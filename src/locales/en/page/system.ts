import type { Tree } from '../../tree.js';

/** The place System of the page. */
export const system = {
  version: 'Version',
  hardwareId: 'Hardware ID',
  addresses: 'Addresses',
  uptime: 'Up for',
  time: 'Its time',
  log: 'Log',
  level: 'At least',
  levelIs: {
    fatal: 'fatal',
    error: 'error',
    warn: 'warning',
    info: 'information',
    debug: 'detail',
    trace: 'every step',
  },
  words: 'With the words',
  lines: ({ count }: { count: number }) => `${count} lines, the newest first`,
} satisfies Tree;
