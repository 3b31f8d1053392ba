import type { Tree } from '../tree.js';

/** Speech files of an admin's own. */
export const prompt = {
  notTelephoneSpeech:
    'This sound cannot be spoken on telephones: it has to be WAV, PCM, 16 bit, mono, 8000 Hz. Convert it, for instance with: sox IN.wav -r 8000 -c 1 -b 16 -e signed-integer OUT.wav',
  noneOfOwn: 'There is no prompt of your own by this name in this language: Modcall speaks its own already.',
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
