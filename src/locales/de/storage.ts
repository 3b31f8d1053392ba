import type { storage as english } from '../en/storage.js';
import type { Translation } from '../tree.js';

export const storage: Translation<typeof english> = {
  noFolder: ({ path }) =>
    `Es gibt keinen Datenordner ${path}. Nennen Sie mit --data oder MODCALL_DATA den richtigen, oder starten Sie Modcall einmal: Es legt den Ordner an.`,
  inUse: ({ path, pid, lock }) =>
    `Der Datenordner ${path} wird schon von Modcall benutzt (Prozess ${pid}, sagt ${lock}). Beenden Sie es, oder wählen Sie mit --data einen anderen Ordner.`,
  unusable: ({ path, reason }) =>
    `In den Datenordner ${path} kann nicht geschrieben werden (${reason}). Geben Sie mit --data oder MODCALL_DATA einen Ordner an, der Ihnen gehört.`,
  unwritable: ({ path, reason }) =>
    `In den Datenordner ${path} kann nicht geschrieben werden (${reason}). Telefonieren geht weiter; Mithören bleibt gesperrt, bis wieder geschrieben werden kann. Schaffen Sie Platz, oder tauschen Sie eine Speicherkarte, die nur noch lesbar ist.`,
  recordUnavailable:
    'Das Prüfprotokoll lässt sich nicht schreiben; bis es wieder geht, ist das Mithören gesperrt. Schaffen Sie Platz im Datenordner oder ersetzen Sie eine Speicherkarte, die sich nur noch lesen lässt.',
  almostFull: ({ usedPercent, freeMegabytes }) =>
    `Der Datenträger des Datenordners ist zu ${usedPercent} % voll: ${freeMegabytes} MB sind frei. Schaffen Sie Platz, bevor sich das Prüfprotokoll nicht mehr schreiben lässt und das Mithören gesperrt wird.`,
  failing:
    'Auf dem Datenträger des Datenordners gab es Fehler. Nehmen Sie eine Sicherung vom Gerät und tauschen Sie ihn bald: Mit ihm können Einstellungen und Protokolle verloren gehen.',
  worn: 'Der Speicher des Geräts ist nach eigener Angabe fast am Ende seiner Lebensdauer. Nehmen Sie eine Sicherung vom Gerät und tauschen Sie ihn, bevor er sich nicht mehr beschreiben lässt.',
  silent:
    'Der Datenträger des Datenordners antwortet nicht mehr. Gespräche gehen weiter, solange sie nichts von ihm brauchen. Starten Sie das Gerät neu; kommt es wieder vor, tauschen Sie ihn.',
  socketTaken: ({ path }) =>
    `Den Socket ${path} bedient schon ein anderes Programm. Beenden Sie es; bis Modcall danach neu gestartet wird, erreichen seine Befehle es nicht.`,
};
