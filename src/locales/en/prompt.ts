import type { Tree } from '../tree.js';

/** Speech files of an admin's own. */
export const prompt = {
  unusable: 'Prompts of your own that cannot be used:',
  fault: {
    unknown: {
      reason: 'is not a prompt of Modcall',
      remedy: ({ meant }: { meant: string | null }) =>
        meant === null ? 'Remove the file.' : `Did you mean ${meant}.wav?`,
    },
    format: {
      reason: 'is not WAV (PCM, 16 bit, mono, 8000 Hz)',
      remedy: ({ command }: { command: string }) => command,
    },
  },
} satisfies Tree;
