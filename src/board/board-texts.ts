import type { Language } from '../primitives/language.js';
import { type FaultWords, says, type Wording } from '../store/files/file-faults.js';
import { jsonWordings } from '../store/files/json-faults.js';

const en = {
  ...jsonWordings.en,
  version: says('is no version of a board file that this Modcall knows', 'Write "version": 1.'),
  title: says('is no title', 'Write 1 to 64 characters that tell people which board it is.'),
  lampDriver: says(
    'is not a way to connect a lamp',
    'Write "driver": "led" with "path", or "driver": "gpio" with "chip", "line" and "activeLow".',
  ),
  buttonDriver: says(
    'is not a way to connect the button',
    'Write "driver": "input" with "path" and "key", or "driver": "gpio" with "chip", "line" and "activeLow".',
  ),
  path: says(
    'is no path of a file',
    `Write a path from the root, such as "/dev/modcall/handset", or one that begins with "\${runtime}/".`,
  ),
  key: says('is no code of a key', 'Write a code of input-event-codes.h, 1 to 767, without quotes; KEY_PROG1 is 148.'),
  chip: says(
    'is no pattern for the label of a GPIO chip',
    'Write a regular expression, such as "pinctrl-bcm2711"; the labels stand in /sys/class/gpio/gpiochip*/label.',
  ),
  gpioLine: says('is no line of a GPIO chip', 'Write its number within the chip, 0 to 1023, without quotes.'),
  privacyMinutes: says('is no time for the privacy button', 'Write 1 to 1440 (minutes), without quotes.'),
  port: says(
    'is not a port name',
    'Write lowercase letters, digits and hyphens, a letter first, 16 at most: "phone1".',
  ),
  lineKind: says(
    'is no kind of line',
    'Write "fxs" where a telephone is connected, "fxo" where the line of an exchange is.',
  ),
  soundKind: says(
    'is no sound channel',
    'Write { "kind": "alsa", "capture": …, "playback": … } or { "kind": "socket", "path": … }.',
  ),
  soundDevice: says('is no name of an ALSA device', 'Write a name that `aplay -L` or `arecord -L` lists.'),
  socketPath: says(
    'is too long for a socket: more than 107 bytes with the data folder in front',
    'Choose a shorter path, or with --data a folder with a shorter one.',
  ),
  handset: says('is not a port with a telephone', 'Write the name of a port of kind "fxs", or null.'),
  duplicate: (other) => ({
    reason: `is the same as ${other}`,
    remedy: 'Give each its own.',
  }),
  unknownKey: (suggestion) => ({
    reason: 'means nothing in a board file',
    remedy: suggestion === '' ? 'Remove it.' : `Did you mean "${suggestion}"? Otherwise remove it.`,
  }),
} satisfies Record<string, Wording>;

export type BoardFaultName = keyof typeof en;

const de: Record<BoardFaultName, Wording> = {
  ...jsonWordings.de,
  version: says('ist keine Version einer Platinendatei, die dieses Modcall kennt', 'Schreiben Sie "version": 1.'),
  title: says('ist keine Bezeichnung', 'Schreiben Sie 1 bis 64 Zeichen, an denen man die Platine erkennt.'),
  lampDriver: says(
    'ist nichts, woran eine Lampe hängen kann',
    'Schreiben Sie "driver": "led" mit "path", oder "driver": "gpio" mit "chip", "line" und "activeLow".',
  ),
  buttonDriver: says(
    'ist nichts, woran der Taster hängen kann',
    'Schreiben Sie "driver": "input" mit "path" und "key", oder "driver": "gpio" mit "chip", "line" und "activeLow".',
  ),
  path: says(
    'ist kein Pfad einer Datei',
    `Schreiben Sie einen Pfad von der Wurzel an, etwa "/dev/modcall/handset", oder einen, der mit "\${runtime}/" beginnt.`,
  ),
  key: says(
    'ist kein Tastencode',
    'Schreiben Sie einen Code aus input-event-codes.h, 1 bis 767, ohne Anführungszeichen; KEY_PROG1 ist 148.',
  ),
  chip: says(
    'ist kein Muster für die Bezeichnung eines GPIO-Bausteins',
    'Schreiben Sie einen regulären Ausdruck, etwa "pinctrl-bcm2711"; die Bezeichnungen stehen in /sys/class/gpio/gpiochip*/label.',
  ),
  gpioLine: says(
    'ist keine Leitung eines GPIO-Bausteins',
    'Schreiben Sie ihre Nummer im Baustein, 0 bis 1023, ohne Anführungszeichen.',
  ),
  privacyMinutes: says(
    'ist keine Zeit für den Ruhetaster',
    'Schreiben Sie 1 bis 1440 (Minuten), ohne Anführungszeichen.',
  ),
  port: says(
    'ist kein Name eines Anschlusses',
    'Schreiben Sie bis zu 16 Kleinbuchstaben, Ziffern und Bindestriche, zuerst einen Buchstaben: "phone1".',
  ),
  lineKind: says(
    'ist keine Art von Leitung',
    'Schreiben Sie "fxs", wo ein Telefon angeschlossen wird, "fxo", wo es die Leitung eines Amtes ist.',
  ),
  soundKind: says(
    'ist kein Tonkanal',
    'Schreiben Sie { "kind": "alsa", "capture": …, "playback": … } oder { "kind": "socket", "path": … }.',
  ),
  soundDevice: says(
    'ist kein Name eines ALSA-Geräts',
    'Schreiben Sie einen Namen, den `aplay -L` oder `arecord -L` nennt.',
  ),
  socketPath: says(
    'ist für einen Socket zu lang: mit dem Datenordner davor mehr als 107 Bytes',
    'Wählen Sie einen kürzeren Pfad, oder mit --data einen Ordner mit kürzerem.',
  ),
  handset: says(
    'ist kein Anschluss mit einem Telefon',
    'Schreiben Sie den Namen eines Anschlusses der Art "fxs", oder null.',
  ),
  duplicate: (other) => ({
    reason: `ist dasselbe wie ${other}`,
    remedy: 'Geben Sie jedem einen eigenen Wert.',
  }),
  unknownKey: (suggestion) => ({
    reason: 'hat in einer Platinendatei keine Bedeutung',
    remedy: suggestion === '' ? 'Entfernen Sie es.' : `Meinten Sie "${suggestion}"? Sonst entfernen Sie es.`,
  }),
};

const wordings: Record<Language, Record<BoardFaultName, Wording>> = { de, en };

/** The words for the faults of a board file. */
export const boardWords: Record<Language, FaultWords<BoardFaultName>> = {
  de: {
    heading: (file, count) =>
      `Die Platinendatei ${file} ist nicht gültig (${count === 1 ? 'ein Fehler' : `${count} Fehler`}).`,
    fault: (name, detail) => wordings.de[name](detail),
  },
  en: {
    heading: (file, count) =>
      `The board file ${file} is not valid (${count === 1 ? 'one mistake' : `${count} mistakes`}).`,
    fault: (name, detail) => wordings.en[name](detail),
  },
};

export function isBoardFaultName(text: string): text is BoardFaultName {
  return Object.hasOwn(en, text);
}
