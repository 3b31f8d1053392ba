import type { Tree } from '../../tree.js';

/** Forwarding and do not disturb, for oneself and in the form of an extension. */
export const handling = {
  title: 'Forwarding',
  ownTitle: 'Your calls',
  always: 'Forward all calls to',
  alwaysHint:
    'As you would dial it at this extension. Empty: calls ring here. At the telephone: *21*number#, and #21# ends it.',
  busy: 'When busy, forward calls to',
  busyHint: 'Also when a call is declined, or with do not disturb. At the telephone: *67*number#.',
  noAnswer: 'When nobody answers, forward calls to',
  noAnswerHint: 'After 20 seconds, or at once where no telephone can be reached. At the telephone: *61*number#.',
  doNotDisturb: 'Do not disturb',
  doNotDisturbHint: 'Callers hear that you are busy. At the telephone: *26#, and #26# ends it.',
  saved: 'Saved: this applies from the next call on.',
} satisfies Tree;
