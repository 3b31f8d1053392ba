import type { system as english } from '../../en/page/system.js';
import type { Translation } from '../../tree.js';

/** The place System of the page. */
export const system: Translation<typeof english> = {
  version: 'Version',
  hardwareId: 'Hardware-ID',
  addresses: 'Adressen',
  uptime: 'Läuft seit',
  time: 'Uhrzeit',
  log: 'Protokoll',
  level: 'Mindestens',
  levelIs: {
    fatal: 'schwerer Fehler',
    error: 'Fehler',
    warn: 'Warnung',
    info: 'Information',
    debug: 'Einzelheit',
    trace: 'jeder Schritt',
  },
  words: 'Mit den Worten',
  lines: ({ count }) => `${count} Zeilen, die neueste zuerst`,
};
