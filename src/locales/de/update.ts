import type { update as english } from '../en/update.js';
import type { Translation } from '../tree.js';

export const update: Translation<typeof english> = {
  notHere:
    'Dieses Gerät läuft nicht mit dem Systemabbild, sein System zu aktualisieren ist also nicht Modcalls Sache. Installieren Sie stattdessen ein neueres Paket (apt install ./modcall_….deb).',
  silent: ({ reason }) =>
    `Was Aktualisierungen installiert, antwortet nicht (${reason}). Bitte noch einmal versuchen; hilft das nicht, das Gerät neu starten.`,
  nothingUploaded:
    'Seit dem Start wurde dem Gerät keine Aktualisierung geschickt. Schicken Sie sie zuerst (POST /api/update/upload).',
  noSuchSource: ({ source }) =>
    `Unter „${source}“ gibt es keine Aktualisierung. Nennen Sie eine Datei eines Sticks, die „modcall update show“ aufzählt, eine Adresse, die mit https:// beginnt (mit http:// und einer IP-Adresse des eigenen Netzes), oder „uploaded“.`,
  noRoom: ({ megabytes }) =>
    `Die Karte hat keinen Platz für eine Aktualisierung: ${megabytes} MB müssen frei sein. Entfernen Sie Sicherungen oder Aufnahmen, oder installieren Sie sie von einem Stick oder einer Adresse, was keinen Platz braucht.`,
  otherSigner:
    'Diese Aktualisierung ist nicht vom Hersteller dieses Geräts unterschrieben oder seither verändert worden. Bitte beim Hersteller neu holen. Es wurde nichts geändert.',
  otherBoard: ({ offered, running }) =>
    `Diese Aktualisierung ist für eine andere Platine (${offered}); dieses Gerät ist ${running}. Bitte die für diese Platine holen. Es wurde nichts geändert.`,
  olderMajor: ({ offered, running }) =>
    `Diese Aktualisierung (${offered}) gehört zu einer älteren Hauptversion als das, was läuft (${running}), und könnte die Einstellungen nicht lesen. Stellen Sie stattdessen eine Sicherung auf einer neuen Karte wieder her. Es wurde nichts geändert.`,
  otherVersion: ({ announced, offered }) =>
    `Der Webserver bietet ${announced} an, die Aktualisierung dort ist aber ${offered}. Bitte noch einmal nach Aktualisierungen sehen; bleibt es dabei, sagen Sie es dem Hersteller. Es wurde nichts geändert.`,
  noVersion:
    'Diese Aktualisierung sagt nicht, welches Modcall in ihr ist. Bitte beim Hersteller neu holen. Es wurde nichts geändert.',
  gone: 'Die Aktualisierung ist nicht mehr da. Bitte den Stick wieder einstecken oder die Datei neu schicken. Es wurde nichts geändert.',
  unreachable: ({ reason }) =>
    `Die Aktualisierung war nicht zu holen (${reason}). Bitte Adresse und Netz prüfen. Es wurde nichts geändert.`,
  unusable: ({ reason }) =>
    `Das ist keine Aktualisierung, oder sie ist beschädigt (${reason}). Bitte die Datei neu kopieren. Es wurde nichts geändert.`,
  runs: 'Es wird schon eine Aktualisierung installiert. Bitte warten, bis sie fertig ist (modcall update show).',
  noneWaits: 'Es wartet keine Aktualisierung auf einen Neustart. Installieren Sie zuerst eine.',
  noChannel:
    'Es ist nicht gesagt, wo dieses Gerät nach Aktualisierungen sehen soll. Tragen Sie die Adresse, die Sie vom Hersteller haben, auf der Seite ein (System, Aktualisierung) oder mit: modcall settings change --update-channel.address ADRESSE',
  index: {
    unreachable: ({ reason }) =>
      `Der Webserver mit den Aktualisierungen ist nicht zu erreichen (${reason}). Bitte Adresse, Netz und Nameserver prüfen.`,
    moved:
      'Der Webserver mit den Aktualisierungen verweist auf eine andere Stelle. Bitte beim Hersteller nach der neuen Adresse fragen und diese eintragen.',
    refused: ({ status }) =>
      `Der Webserver mit den Aktualisierungen hat für diesen Kanal nichts (HTTP-Status ${status}). Bitte die Adresse prüfen oder den anderen Kanal wählen.`,
    tooLarge: ({ kilobytes }) =>
      `Was der Webserver zu neuen Versionen sagt, hat mehr als ${kilobytes} KB, ist also etwas anderes. Bitte die Adresse prüfen.`,
    slow: ({ seconds }) =>
      `Der Webserver mit den Aktualisierungen hat binnen ${seconds} Sekunden nicht geantwortet. Bitte später noch einmal versuchen.`,
    broken: ({ place }) =>
      `Was der Webserver zu neuen Versionen sagt, ist nicht zu lesen (bei ${place}). Bitte die Adresse prüfen und es dem Hersteller sagen.`,
    older: ({ offered, running }) =>
      `Die neueste Version dieses Kanals (${offered}) ist älter als die, die läuft (${running}); es gibt also nichts zu installieren. Wählen Sie den anderen Kanal, oder warten Sie auf die nächste Version.`,
  },
  interrupted: ({ version }) =>
    `Die Aktualisierung auf ${version} wurde unterbrochen, etwa durch einen Stromausfall, und ist nicht installiert. Bitte noch einmal installieren.`,
  fellBack: ({ version }) =>
    `Mit der Aktualisierung auf ${version} startete das Gerät nicht und kehrte zum System davor zurück, mit denselben Einstellungen. Bitte sagen Sie es dem Hersteller; das Supportpaket hilft dabei.`,
};
