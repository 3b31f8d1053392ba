import type { board as english } from '../en/board.js';
import type { Translation } from '../tree.js';

export const board: Translation<typeof english> = {
  invalid: ({ file, count }) =>
    `Die Platinendatei ${file} ist nicht gültig (${count === 1 ? 'ein Fehler' : `${count} Fehler`}).`,
  unknown: ({ name, meant, known }) =>
    `Die Platine "${name}" ist nicht bekannt. ${meant === null ? '' : `Meinten Sie "${meant}"? `}Bekannt sind: ${known.join(', ')}.`,
  unreadable: ({ name, reason }) =>
    `Die Platine "${name}" kann nicht gelesen werden (${reason}). Prüfen Sie den Datenträger und die Rechte der Datei.`,
  fault: {
    version: {
      reason: 'ist keine Version einer Platinendatei, die dieses Modcall kennt',
      remedy: 'Schreiben Sie "version": 1.',
    },
    title: {
      reason: 'ist keine Bezeichnung',
      remedy: 'Schreiben Sie 1 bis 64 Zeichen, an denen man die Platine erkennt.',
    },
    lampDriver: {
      reason: 'ist nichts, woran eine Lampe hängen kann',
      remedy: 'Schreiben Sie "driver": "led" mit "path", oder "driver": "gpio" mit "chip", "line" und "activeLow".',
    },
    buttonDriver: {
      reason: 'ist nichts, woran der Taster hängen kann',
      remedy:
        'Schreiben Sie "driver": "input" mit "path" und "key", oder "driver": "gpio" mit "chip", "line" und "activeLow".',
    },
    path: {
      reason: 'ist kein Pfad einer Datei',
      remedy: `Schreiben Sie einen Pfad von der Wurzel an, etwa "/dev/modcall/handset", oder einen, der mit "\${runtime}/" beginnt.`,
    },
    key: {
      reason: 'ist kein Tastencode',
      remedy: 'Schreiben Sie einen Code aus input-event-codes.h, 1 bis 767, ohne Anführungszeichen; KEY_PROG1 ist 148.',
    },
    chip: {
      reason: 'ist kein Muster für die Bezeichnung eines GPIO-Bausteins',
      remedy:
        'Schreiben Sie einen regulären Ausdruck, etwa "pinctrl-bcm2711"; die Bezeichnungen stehen in /sys/class/gpio/gpiochip*/label.',
    },
    gpioLine: {
      reason: 'ist keine Leitung eines GPIO-Bausteins',
      remedy: 'Schreiben Sie ihre Nummer im Baustein, 0 bis 1023, ohne Anführungszeichen.',
    },
    privacyMinutes: {
      reason: 'ist keine Zeit, für die der Taster das Mithören sperren kann',
      remedy: 'Schreiben Sie 1 bis 1440 (Minuten), ohne Anführungszeichen.',
    },
    port: {
      reason: 'ist kein Name einer Buchse',
      remedy: 'Schreiben Sie bis zu 16 Kleinbuchstaben, Ziffern und Bindestriche, zuerst einen Buchstaben: "phone1".',
    },
    lineKind: {
      reason: 'ist keine Art von Leitung',
      remedy: 'Schreiben Sie "fxs", wo ein Telefon angeschlossen wird, "fxo", wo es eine Amtsleitung ist.',
    },
    slicKind: {
      reason: 'ist keine Art von Leitung, die ein SLIC-Modul sein kann',
      remedy: 'Schreiben Sie "fxs": Ein SLIC-Modul speist ein Telefon.',
    },
    lineDriver: {
      reason: 'ist keine Art, eine Leitung anzuschließen',
      remedy:
        'Schreiben Sie "driver": "v253" (oder keinen) mit "tty" für einen HAT, oder "driver": "slic" mit "hook", "ringMode" und "reverse" für ein SLIC-Modul.',
    },
    soundKind: {
      reason: 'ist kein Tonkanal',
      remedy: 'Schreiben Sie { "kind": "alsa", "capture": …, "playback": … } oder { "kind": "socket", "path": … }.',
    },
    soundDevice: {
      reason: 'ist kein Name eines ALSA-Geräts',
      remedy: 'Schreiben Sie einen Namen, den `aplay -L` oder `arecord -L` nennt.',
    },
    socketPath: {
      reason: 'ist für einen Socket zu lang: mit dem Datenordner davor mehr als 107 Bytes',
      remedy: 'Wählen Sie einen kürzeren Pfad, oder mit --data einen Ordner mit kürzerem.',
    },
    handset: {
      reason: 'ist keine Buchse für ein Telefon',
      remedy: 'Schreiben Sie den Namen einer Buchse der Art "fxs", oder null.',
    },
    duplicate: {
      reason: ({ other }) => `ist dasselbe wie ${other}`,
      remedy: 'Geben Sie jedem einen eigenen Wert.',
    },
    unknownKey: {
      reason: 'hat in einer Platinendatei keine Bedeutung',
      remedy: ({ meant }) => (meant === null ? 'Entfernen Sie es.' : `Meinten Sie "${meant}"? Sonst entfernen Sie es.`),
    },
  },
};
