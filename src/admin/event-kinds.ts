/** What can be watched while it happens. */
export const eventKinds = [
  'calls',
  'monitors',
  'callHandling',
  'registrations',
  'lamps',
  'licence',
  'phones',
  'settings',
  'log',
] as const;
export type EventKind = (typeof eventKinds)[number];
