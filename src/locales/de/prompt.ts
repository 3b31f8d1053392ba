import type { prompt as english } from '../en/prompt.js';
import type { Translation } from '../tree.js';

export const prompt: Translation<typeof english> = {
  unusable: 'Eigene Ansagen, die so nicht zu gebrauchen sind:',
  fault: {
    unknown: {
      reason: 'ist keine Ansage von Modcall',
      remedy: ({ meant }) => (meant === null ? 'Entfernen Sie die Datei.' : `Meinten Sie ${meant}.wav?`),
    },
    format: {
      reason: 'ist nicht WAV (PCM, 16 Bit, mono, 8000 Hz)',
      remedy: ({ command }) => command,
    },
  },
};
