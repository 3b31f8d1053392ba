import type { Board } from './board-schema.js';

const nowhere = '/nonexistent';

/** A board about which nothing is known: no lines, no lamps, no button. Telephones on the network work with it. */
export const bareBoard: Board = {
  version: 1,
  title: 'Unknown board',
  panel: {
    monitorLamp: { driver: 'led', path: nowhere },
    statusLamp: { driver: 'led', path: nowhere },
    button: { driver: 'input', path: nowhere, key: 1 },
    privacyMinutes: 15,
  },
  lines: [],
  handset: null,
};
