import type { operation as english } from '../en/operation.js';
import type { Translation } from '../tree.js';

export const operation: Translation<typeof english> = {
  settings: {
    show: 'Zeigt die Einstellungen ohne Passwörter.',
    set: 'Übernimmt diese Einstellungen; ein weggelassenes Passwort bleibt, wie es ist.',
    versions: 'Zeigt, wer die Einstellungen geändert hat und was.',
    restore: 'Kehrt zu den Einstellungen einer früheren Fassung zurück.',
  },
  calls: {
    records: 'Zeigt die Aufzeichnungen beendeter Anrufe.',
    export: 'Gibt die Aufzeichnungen beendeter Anrufe als Tabelle aus.',
  },
  state: {
    show: 'Zeigt, wie es dem Gerät geht.',
  },
  users: {
    list: 'Zeigt, wer sich anmelden darf.',
    set: 'Legt einen Benutzer an oder ändert ihn.',
    remove: 'Entfernt einen Benutzer und seine Tokens.',
  },
  password: {
    change: 'Ändert das eigene Passwort und meldet überall ab.',
  },
  secondFactor: {
    begin: 'Beginnt, eine Authenticator-App einzurichten.',
    confirm: 'Verlangt von nun an einen Code und zeigt die Ersatzcodes.',
    remove: 'Verlangt keinen Code mehr.',
  },
  tokens: {
    list: 'Zeigt die Tokens von Programmen.',
    create: 'Macht ein Token für ein Programm; es wird nur dieses eine Mal gezeigt.',
    revoke: 'Widerruft ein Token.',
  },
  certificate: {
    show: 'Zeigt das Zertifikat des Geräts.',
    install: 'Nimmt ein eigenes Zertifikat in Gebrauch.',
    remove: 'Kehrt zum Zertifikat zurück, das sich das Gerät selbst ausgestellt hat.',
  },
  backupSchedule: {
    show: 'Zeigt, wohin täglich gesichert wird.',
    set: 'Sichert von nun an täglich an diesen Ort.',
    remove: 'Sichert nicht mehr täglich.',
  },
};
