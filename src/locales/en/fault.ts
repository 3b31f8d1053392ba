import type { Tree } from '../tree.js';

/** How a report of faults is worded, and what is wrong in every kind of JSON file in the same way. */
export const fault = {
  missing: 'is missing',
  hidden: '(hidden)',
  wholeFile: 'file',
  remedy: 'Remedy',
  json: {
    object: { reason: 'is not a group of keys in braces', remedy: 'Write { … } with the keys that belong here.' },
    group: {
      reason: 'is not a group of keys in braces',
      remedy: ({ keys }: { keys: readonly string[] }) =>
        `Write { … } with what belongs here: ${new Intl.ListFormat('en').format(keys.map((key) => `"${key}"`))}.`,
    },
    list: { reason: 'is not a list', remedy: 'Write a list in brackets: [ … ], even for one entry or none.' },
    flag: { reason: 'is neither true nor false', remedy: 'Write true or false, without quotes.' },
    syntax: {
      reason: ({ line, column }: { line: number; column: number }) =>
        `is not valid JSON: line ${line}, column ${column}`,
      remedy: 'Look there for a missing or surplus comma, quote or bracket; comments are not allowed.',
    },
    empty: { reason: 'is empty', remedy: 'Put an earlier version of it in its place, from the history or a backup.' },
    duplicateKey: {
      reason: ({ line, key }: { line: number; key: string }) => `has the key "${key}" twice in one group: line ${line}`,
      remedy: 'Remove one of the two.',
    },
  },
} satisfies Tree;
