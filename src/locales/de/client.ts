import type { client as english } from '../en/client.js';
import type { Translation } from '../tree.js';

export const client: Translation<typeof english> = {
  usage: 'Aufruf:',
  table: 'Befehle für das laufende Gerät; mit --help dahinter sagt jeder mehr:',
  fromFile:
    'Ein Wert kann auch in einer Datei stehen: --OPTION-file DATEI; - ist die Standardeingabe.\n--no-OPTION lässt es leer oder schaltet es ab.',
  more: 'Mit --help dahinter sagt jeder mehr.',
  done: 'Erledigt.',
  nothing: 'Da ist nichts zu zeigen.',
  ask: ({ name }) => `Wert für --${name} (wird nicht angezeigt): `,
  again: ({ name }) => `--${name} noch einmal: `,
  secretsDiffer: 'Die beiden sind nicht gleich. Nichts wurde geändert; bitte versuchen Sie es noch einmal.',
  secretInWords: ({ option }) =>
    `Ein Geheimnis darf nicht auf der Befehlszeile stehen, wo es jeder auf diesem Rechner sehen kann. Geben Sie --${option} allein als letztes Wort an und tippen Sie den Wert auf Nachfrage ein, oder nehmen Sie --${option}-file DATEI. Haben Sie ein echtes Geheimnis getippt, dann ändern Sie es.`,
  placeMissing: ({ place }) => `Es fehlt ein Wort: ${place}. Mit --help sehen Sie, was der Befehl annimmt.`,
  optionMissing: ({ option }) => `Es fehlt eine Option: --${option}. Mit --help sehen Sie, was der Befehl annimmt.`,
  notJson: ({ option }) =>
    `Der Wert von --${option} fängt an wie JSON, ist aber keines. Setzen Sie ihn für die Shell in Anführungszeichen, wie '{"kind":"none"}', oder legen Sie ihn in eine Datei für --${option}-file.`,
  notVersion: ({ value }) =>
    `"${value}" ist keine Version. Geben Sie bei --basis die Zahl an, die das Gerät gezeigt hat.`,
  boxNotRunning: ({ command }) =>
    `Modcall läuft auf diesem Datenordner nicht, und "${command}" braucht das laufende Gerät. Starten Sie es mit: modcall start`,
  boxSilent: ({ path }) =>
    `Modcall läuft, ist aber über ${path} nicht zu erreichen. Wurde es gerade gestartet, versuchen Sie es noch einmal; sonst sehen Sie in sein Protokoll und starten Sie es neu, wenn niemand telefoniert.`,
  boxGone:
    'Modcall hat sich beendet, bevor es geantwortet hat. Ob es getan hat, worum es gebeten war, ist nicht bekannt: Starten Sie es und sehen Sie nach, bevor Sie den Befehl wiederholen.',
  boxEnded: 'Modcall hat sich beendet.',
  cut: 'Das Gerät berichtet nicht weiter, weil zu langsam gelesen wurde. Starten Sie den Befehl noch einmal.',
  watch: `Aufruf:
  modcall events [ART …] [--json]    sagt, was im laufenden Gerät geschieht, bis zum Abbruch;
                                     Arten sind calls, monitors, registrations, lamps, licence und log
  modcall log [--json]               das Protokoll, wie es geschrieben wird`,
  completion: `Aufruf: modcall completion bash
gibt ein Skript aus, mit dem bash die Befehle vervollständigt. Schalten Sie es ein mit:
  source <(modcall completion bash)
oder für immer, als root:
  modcall completion bash > /etc/bash_completion.d/modcall`,
  notYours: ({ path }) =>
    `Sie dürfen ${path} nicht benutzen. Geben Sie den Befehl als der Benutzer, unter dem Modcall läuft, oder als root (sudo).`,
  changedMeanwhile: 'Was inzwischen geändert wurde:',
  changesForgotten: 'Was inzwischen geändert wurde, ist nicht mehr aufgehoben.',
  option: {
    basis: 'lehnt die Änderung ab, wenn das Geänderte nicht mehr bei dieser Version ist',
    json: 'antwortet als JSON, für Programme',
    output: 'schreibt die Antwort in eine neue Datei',
    secret: 'wird erfragt oder als Zeile von der Standardeingabe gelesen',
  },
};
