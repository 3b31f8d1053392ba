import type { Breach, Verification } from '../admin/audit.js';
import type { SetPinResult, SettingsSummary } from '../admin/settings.js';
import type { Language } from '../admin/speaking.js';

type PinFault = Extract<SetPinResult, { ok: false }>['fault'];
type Sound = Extract<Verification, { ok: true }>;

/** What the commands say. */
interface CliTexts {
  readonly usage: string;
  unknownCommand(name: string): string;
  readonly noDataFolder: string;
  defect(text: string): string;
  wrongPort(option: string, text: string): string;
  wrongAddress(text: string): string;
  wrongLogLevel(text: string): string;
  readonly stopping: string;
  readonly stoppedHard: string;
  settingsValid(summary: SettingsSummary): string;
  auditSound(result: Sound, folder: string): string;
  readonly breach: { readonly [Why in Breach['why']]: (breach: Extract<Breach, { why: Why }>) => string };
  readonly breachRemedy: string;
  readonly newPin: string;
  readonly newPinAgain: string;
  readonly pinsDiffer: string;
  pinSet(extension: string): string;
  pinOpensNothing(extension: string): string;
  readonly pinFault: Readonly<Record<PinFault, string>>;
}

export const cliTexts: Readonly<Record<Language, CliTexts>> = {
  en: {
    usage: `Usage: modcall COMMAND

  start [--board NAME] [--sip-port PORT] [--demo] [--log-level LEVEL]
        [--panel-port PORT] [--panel-address ADDRESS] [--no-panel]
                                runs the appliance; --demo adds two phones that talk to each other.
                                The simulator shows its front panel to a browser of this computer, at port 8090,
                                or as told; without it another program has to stand in for the hardware
  settings check                says whether the settings are valid, and what is wrong with them
  pin set EXTENSION             gives a moderator a PIN; asks for it, or reads it from standard input
  audit verify [--json]         says whether the audit record is as it was written
  audit show [--json]           prints the audit record
  licence …, hardware-id, identity …
                                each says more when called without arguments
  --help, --version

Every command takes --data DIR, the data folder. Without it MODCALL_DATA counts, else "data" in the checkout,
or /var/lib/modcall where Modcall is installed. Without --board MODCALL_BOARD counts, else "simulator".

Exit codes: 0 done; 1 the answer is no (settings not valid, audit record changed, PIN or licence refused);
2 the command was not understood; 3 something went wrong.`,
    unknownCommand: (name) => `There is no command "${name}". See: modcall --help`,
    noDataFolder: 'Name a folder after --data.',
    defect: (text) => `Modcall has failed because of a bug in Modcall. Please report this:\n${text}`,
    wrongPort: (option, text) =>
      `"${text}" is not a port. Give ${option} a number from 0 to 65535; 0 takes a free one.`,
    wrongAddress: (text) => `"${text}" is no address. Give --panel-address an IP address, such as 127.0.0.1.`,
    wrongLogLevel: (text) => `"${text}" is not a log level. Levels are trace, debug, info, warn, error and fatal.`,
    stopping: 'Modcall is stopping.',
    stoppedHard: 'Modcall did not stop in time and was killed.',
    settingsValid: ({ path, extensions, groups, trunks, profiles }) =>
      `${path} is valid: extensions ${extensions}, groups ${groups}, trunks ${trunks}, profiles ${profiles}.`,
    auditSound: ({ entries, lastTime, signedBy }, folder) =>
      lastTime === null
        ? `The audit record in ${folder} is empty.`
        : [
            `The audit record in ${folder} is as it was written: entries ${entries}, the last of ${lastTime}.`,
            `It is signed by the key ${signedBy} of the box. Compare that with what you noted when the box was installed.`,
            'What the box alone cannot notice: an older copy of its whole data folder, and changes by whoever can read its key.',
            'To guard against both, keep a copy of the number and date above elsewhere.',
          ].join('\n'),
    breach: {
      changed: ({ line, seq }) => `Line ${line}: entry ${seq} was changed.`,
      replaced: ({ line, seq }) => `Line ${line}: entry ${seq}, or one before it, was replaced by another.`,
      missing: ({ line, seq, count }) => `Line ${line}: entries are missing, ${count} from number ${seq} on.`,
      order: ({ line, seq }) => `Line ${line}: entries are in another order or repeated (entry ${seq}).`,
      tailCut: ({ seq, count }) => `The end was cut off: entries are missing, ${count} from number ${seq} on.`,
      anchorMissing: () =>
        'The marker for the end of the record (audit.anchor.json, and identity/audit.head.json) is gone or unreadable.',
      anchorForged: () =>
        'The marker for the end of the record is not signed by this box: it was written by somebody else, and perhaps the record with it.',
      keyMissing: () => 'The key of the box (identity/box-key.pub), with which the record was signed, is gone.',
      reported: ({ seq }) => `Entry ${seq}: the box itself found at a start that the record was not as it had left it.`,
    },
    breachRemedy:
      'The audit record is not as it was written. Keep the data folder as it is and compare it with a backup.',
    newPin: 'New PIN: ',
    newPinAgain: 'New PIN again: ',
    pinsDiffer: 'The two PINs are not the same. Nothing has changed; please try again.',
    pinSet: (extension) => `Extension ${extension} has a new PIN. It takes effect at the next start of Modcall.`,
    pinOpensNothing: (extension) =>
      `Note: ${extension} moderates in no profile yet. Add it to the group named under "moderators" of a profile.`,
    pinFault: {
      wrongLength: 'A PIN is 4 to 10 digits. Nothing has changed.',
      tooSimple:
        'This PIN is too easy to guess: no single repeated digit, no run such as 1234, not the extension. Nothing has changed.',
      taken: 'This PIN cannot be used. Choose another one; nothing has changed.',
      noSuchExtension: 'There is no such extension. Add it under "extensions" in the settings first.',
    },
  },
  de: {
    usage: `Aufruf: modcall BEFEHL

  start [--board NAME] [--sip-port PORT] [--demo] [--log-level STUFE]
        [--panel-port PORT] [--panel-address ADRESSE] [--no-panel]
                                startet die Anlage; --demo fügt zwei Telefone hinzu, die miteinander sprechen.
                                Der Simulator zeigt seine Frontplatte einem Browser dieses Rechners, an Port 8090
                                oder wie angegeben; ohne sie muss ein anderes Programm die Hardware darstellen
  settings check                sagt, ob die Einstellungen gültig sind und was daran falsch ist
  pin set NEBENSTELLE           gibt einem Moderator eine PIN; fragt danach oder liest sie von der Standardeingabe
  audit verify [--json]         sagt, ob das Prüfprotokoll so ist, wie es geschrieben wurde
  audit show [--json]           gibt das Prüfprotokoll aus
  licence …, hardware-id, identity …
                                sagen mehr, wenn man sie ohne Angaben aufruft
  --help, --version

Jeder Befehl kennt --data ORDNER, den Datenordner. Ohne ihn gilt MODCALL_DATA, sonst "data" im Quellordner
oder /var/lib/modcall, wo Modcall installiert ist. Ohne --board gilt MODCALL_BOARD, sonst "simulator".

Rückgabewerte: 0 erledigt; 1 die Antwort ist nein (Einstellungen ungültig, Prüfprotokoll verändert, PIN oder Lizenz
abgelehnt); 2 der Befehl wurde nicht verstanden; 3 etwas ist schiefgegangen.`,
    unknownCommand: (name) => `Es gibt keinen Befehl "${name}". Siehe: modcall --help`,
    noDataFolder: 'Nennen Sie nach --data einen Ordner.',
    defect: (text) => `Modcall ist an einem eigenen Fehler gescheitert. Bitte melden Sie das:\n${text}`,
    wrongPort: (option, text) =>
      `"${text}" ist kein Port. Geben Sie bei ${option} eine Zahl von 0 bis 65535 an; 0 nimmt einen freien.`,
    wrongAddress: (text) =>
      `"${text}" ist keine Adresse. Geben Sie bei --panel-address eine IP-Adresse an, etwa 127.0.0.1.`,
    wrongLogLevel: (text) => `"${text}" ist keine Protokollstufe. Es gibt trace, debug, info, warn, error und fatal.`,
    stopping: 'Modcall wird beendet.',
    stoppedHard: 'Modcall kam nicht von selbst zum Ende und wird beendet.',
    settingsValid: ({ path, extensions, groups, trunks, profiles }) =>
      `${path} ist gültig: Nebenstellen ${extensions}, Gruppen ${groups}, Anschlüsse ${trunks}, Profile ${profiles}.`,
    auditSound: ({ entries, lastTime, signedBy }, folder) =>
      lastTime === null
        ? `Das Prüfprotokoll in ${folder} ist leer.`
        : [
            `Das Prüfprotokoll in ${folder} ist so, wie es geschrieben wurde: Einträge ${entries}, der letzte von ${lastTime}.`,
            `Es ist mit dem Schlüssel ${signedBy} des Geräts signiert. Vergleichen Sie ihn mit dem, der bei der Einrichtung notiert wurde.`,
            'Was das Gerät allein nicht bemerken kann: eine ältere Kopie des ganzen Datenordners, und Änderungen durch jemanden, der seinen Schlüssel lesen kann.',
            'Gegen beides hilft, Zahl und Datum von oben anderswo aufzubewahren.',
          ].join('\n'),
    breach: {
      changed: ({ line, seq }) => `Zeile ${line}: Eintrag ${seq} wurde verändert.`,
      replaced: ({ line, seq }) => `Zeile ${line}: Eintrag ${seq} oder einer davor wurde durch einen anderen ersetzt.`,
      missing: ({ line, seq, count }) => `Zeile ${line}: Es fehlen Einträge, ${count} ab Nummer ${seq}.`,
      order: ({ line, seq }) => `Zeile ${line}: Einträge stehen in anderer Reihenfolge oder doppelt (Eintrag ${seq}).`,
      tailCut: ({ seq, count }) => `Das Ende wurde abgeschnitten: Es fehlen Einträge, ${count} ab Nummer ${seq}.`,
      anchorMissing: () =>
        'Die Angabe, wo das Protokoll endet (audit.anchor.json und identity/audit.head.json), fehlt oder ist unlesbar.',
      anchorForged: () =>
        'Die Angabe, wo das Protokoll endet, ist nicht von diesem Gerät signiert: Sie wurde von jemand anderem geschrieben, und vielleicht auch das Protokoll.',
      keyMissing: () => 'Der Schlüssel des Geräts (identity/box-key.pub), mit dem das Protokoll signiert war, fehlt.',
      reported: ({ seq }) =>
        `Eintrag ${seq}: Das Gerät hat bei einem Start selbst festgestellt, dass das Protokoll nicht mehr so war, wie es das Gerät hinterlassen hatte.`,
    },
    breachRemedy:
      'Das Prüfprotokoll ist nicht mehr so, wie es geschrieben wurde. Lassen Sie den Datenordner, wie er ist, und vergleichen Sie ihn mit einer Sicherung.',
    newPin: 'Neue PIN: ',
    newPinAgain: 'Neue PIN noch einmal: ',
    pinsDiffer: 'Die beiden PINs stimmen nicht überein. Nichts wurde geändert; bitte noch einmal.',
    pinSet: (extension) => `Nebenstelle ${extension} hat eine neue PIN. Sie gilt ab dem nächsten Start von Modcall.`,
    pinOpensNothing: (extension) =>
      `Hinweis: ${extension} moderiert noch in keinem Profil. Nehmen Sie die Nebenstelle in die Gruppe auf, die unter "moderators" eines Profils steht.`,
    pinFault: {
      wrongLength: 'Eine PIN hat 4 bis 10 Ziffern. Nichts wurde geändert.',
      tooSimple:
        'Diese PIN ist zu leicht zu erraten: nicht nur eine Ziffer, keine Reihe wie 1234, nicht die Nebenstelle. Nichts wurde geändert.',
      taken: 'Diese PIN ist nicht verwendbar. Wählen Sie eine andere; nichts wurde geändert.',
      noSuchExtension:
        'Diese Nebenstelle gibt es nicht. Legen Sie sie zuerst unter "extensions" in den Einstellungen an.',
    },
  },
};
