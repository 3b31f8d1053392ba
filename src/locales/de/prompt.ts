import type { prompt as english } from '../en/prompt.js';
import type { Translation } from '../tree.js';

export const prompt: Translation<typeof english> = {
  notTelephoneSpeech:
    'Dieser Ton lässt sich am Telefon nicht abspielen: Nötig ist WAV, PCM, 16 Bit, mono, 8000 Hz. Wandeln Sie ihn um, zum Beispiel mit: sox EIN.wav -r 8000 -c 1 -b 16 -e signed-integer AUS.wav',
  noneOfOwn: 'Unter diesem Namen gibt es in dieser Sprache keine eigene Ansage: Modcall spricht schon seine eigene.',
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
