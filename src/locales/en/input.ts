import type { Tree } from '../tree.js';

/** What is wrong with a field of a request or an option of a command, where it has no words of its own. */
export const input = {
  missing: 'is missing',
  unknown: 'does not belong here',
  text: 'is not a text',
  number: 'is not a number',
  whole: 'is not a whole number',
  flag: 'is neither true nor false',
  list: 'is not a list',
  group: 'is not a group of fields',
  short: ({ least }: { least: number }) => (least === 1 ? 'is empty' : `has fewer than ${least} characters`),
  long: ({ most }: { most: number }) => `has more than ${most} characters`,
  small: ({ least }: { least: number }) => `is less than ${least}`,
  large: ({ most }: { most: number }) => `is more than ${most}`,
  few: ({ least }: { least: number }) => `has too few entries: ${least} at least`,
  many: ({ most }: { most: number }) => `has too many entries: ${most} at most`,
  moment: 'is not a time such as 2026-03-04T12:00:00Z',
  form: 'is not written as it has to be',
  choice: ({ choices }: { choices: string }) => `is none of: ${choices}`,
  other: 'is not what belongs here',
} satisfies Tree;
