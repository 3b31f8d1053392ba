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
  boxBusy:
    'Es sind schon zu viele Befehle mit dem Gerät verbunden. Beenden Sie einige, etwa modcall events, oder versuchen Sie es später noch einmal.',
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
  placeholder: { file: 'DATEI', number: 'ZAHL' },
  entryOf: ({ place, entry }) => `${place}, Eintrag ${entry}`,
  columnOf: ({ line, column }) => `Zeile ${line}, Spalte ${column}`,
  typed: {
    object: 'Geben Sie die Teile einzeln an, wie --help sie zeigt.',
    group: 'Geben Sie die Teile einzeln an, wie --help sie zeigt.',
    list: 'Geben Sie die Option für jeden Eintrag einmal an.',
    flag: 'Schreiben Sie in einer Tabelle ja oder nein; als Option steht es allein, oder mit --no- davor.',
    port: 'Schreiben Sie eine ganze Zahl von 1 bis 65535; üblich sind 5060 für SIP und 8443 für web.',
    extensionNumber: 'Schreiben Sie 2 bis 8 Ziffern, etwa 101.',
    password: 'Schreiben Sie 12 bis 128 Zeichen.',
    dialable: "Schreiben Sie 2 bis 8 Zeichen aus 0-9, * und #, etwa '*55'.",
    prefix: "Schreiben Sie bis zu 8 Zeichen aus 0-9, * und #; '' nimmt jede Nummer.",
    onLift: 'Geben Sie --on-lift.kind dialTone an, oder --on-lift.kind call und --on-lift.number.',
    inbound: 'Geben Sie --inbound.extension oder --inbound.group an.',
    outsideNumber: 'Schreiben Sie 1 bis 20 Ziffern, davor gegebenenfalls ein +.',
    excludedNumber: 'Schreiben Sie 3 bis 20 Ziffern, davor gegebenenfalls ein +.',
    notice: 'Schreiben Sie none, toneAtStart, toneEvery oder announcement als Art (kind).',
    noticeSeconds: 'Schreiben Sie 5 bis 300 (Sekunden).',
    ringSeconds: 'Schreiben Sie 5 bis 180 (Sekunden).',
    perCall: 'Schreiben Sie 1 bis 16.',
    total: 'Schreiben Sie 1 bis 330.',
    privacyMinutes:
      'Schreiben Sie 1 bis 1440 (Minuten), oder geben Sie --no-privacy-minutes an für die Zeit der Platine.',
    quota:
      'Schreiben Sie, wie viele Gespräche je Mitglied und Monat zulässig sind, oder geben Sie --no-quota an für beliebig viele.',
  },
  option: {
    basis: 'lehnt die Änderung ab, wenn das Geänderte nicht mehr bei dieser Version ist',
    json: 'antwortet als JSON, für Programme',
    output: 'schreibt die Antwort in eine neue Datei',
    secret: 'wird erfragt oder als Zeile von der Standardeingabe gelesen',
    made: ({ word }) => `„${word}“ lässt das Gerät eines machen`,
  },
};
