import type { licence as english } from '../en/licence.js';
import type { Translation } from '../tree.js';

function moment(instant: number): string {
  const [year, month, day, time] = new Date(instant).toISOString().slice(0, 19).split(/[-T]/);
  return `${day}.${month}.${year} ${time} UTC`;
}

function extensions(limit: number | 'unlimited'): string {
  return limit === 'unlimited' ? 'beliebig viele Nebenstellen' : `bis zu ${limit} Nebenstellen`;
}

/** After “in”: the dative. */
function days(count: number): string {
  return count === 1 ? '1 Tag' : `${count} Tagen`;
}

const kinds = { bought: 'gekauft', rented: 'gemietet', demo: 'Demo', nfr: 'nicht zum Weiterverkauf (NFR)' };

const otherBox = ({ issuedFor, ownId }: { issuedFor: readonly string[]; ownId: string }): string =>
  `Dieser Lizenzschlüssel gehört zu einem anderen Gerät: ${issuedFor.join(', ')}. Dieses Gerät ist ${ownId}.`;

const hardwareIdInstead = (whose: string, ownId: string, prefix: string): string =>
  `Das ist die Hardware-ID ${whose}, kein Lizenzschlüssel. Senden Sie die Hardware-ID (${ownId}) an Ihren Hersteller; der Lizenzschlüssel, den Sie dafür bekommen, beginnt mit ${prefix}-.`;

export const licence: Translation<typeof english> = {
  kind: kinds,
  label: {
    product: 'Produkt',
    version: 'Version',
    hardwareId: 'Hardware-ID',
    hardwareIds: 'Hardware-IDs',
    serverKeys: 'Server-Lizenzschlüssel',
    extensionsSetUp: 'Eingerichtete Nebenstellen',
    keyNumber: 'Schlüsselnummer',
    kind: 'Art',
    holder: 'Ausgestellt für',
    issued: 'Ausgestellt am',
    expires: 'Läuft ab',
    graceDays: 'Nachfrist in Tagen',
    never: 'nie',
    members: 'Gilt für',
    highestMajor: 'Bis Version',
    replaces: 'Ersetzt Schlüsselnummer',
    date: 'Datum',
  },
  moment: ({ instant }) => moment(instant),
  extensions: ({ limit }) => extensions(limit),
  order: {
    title: 'Bestellblatt',
    introduction:
      'Bitte senden Sie dieses Blatt an Ihren Hersteller. Der Lizenzschlüssel wird für diese Hardware-ID ausgestellt.',
    customer: 'Kunde',
    customerNumber: 'Kunden- oder Bestellnummer',
    wanted: 'Gewünscht',
    tier: 'Staffel (Nebenstellen)',
    currentLicence: 'Vorhandene Lizenz',
    none: 'keine',
    hint: 'Bewahren Sie eine Sicherung der Identität auf (modcall identity backup): Ohne sie ist die Hardware-ID nach einer Neuinstallation eine andere.',
    scan: 'Hardware-ID als QR-Code',
    buy: 'Kauf',
    rent: 'Miete',
    demo: 'Demo (30 Tage)',
    higherTier: 'höhere Staffel',
    update: 'kostenpflichtige Aktualisierung',
  },
  delivery: {
    title: 'Lieferschein',
    introduction:
      'Vielen Dank für Ihre Bestellung. Dieser Lizenzschlüssel schaltet das Mithören auf den hier genannten Geräten frei.',
    scan: 'Lizenzschlüssel als QR-Code',
    enter:
      'Geben Sie dem Gerät die Lizenzdatei: modcall licence enter --file DATEI. Oder fügen Sie den Text des Schlüssels ein, auch den aus dem QR-Code: modcall licence enter - nimmt ihn. Er gilt sofort; laufende Gespräche bleiben unberührt.',
    keep: 'Bewahren Sie diesen Lieferschein auf: Nach einer Neuinstallation brauchen Sie den Schlüssel wieder. Er wird allein auf dem Gerät geprüft und braucht nie das Internet.',
  },
  mistake: {
    strangeCharacter: ({ group, character }) =>
      `Tippfehler in Gruppe ${group}: Das Zeichen „${character}“ kommt dort nicht vor. Bitte vergleichen Sie diese Gruppe.`,
    tooShort: ({ group }) =>
      `Tippfehler in Gruppe ${group}: Es fehlt ein Zeichen. Jede Gruppe hat fünf. Bitte vergleichen Sie diese Gruppe.`,
    tooLong: ({ group }) =>
      `Tippfehler in Gruppe ${group}: Sie hat ein Zeichen zu viel. Jede Gruppe hat fünf. Bitte vergleichen Sie diese Gruppe.`,
    mistyped: ({ group }) =>
      `Tippfehler in Gruppe ${group}: Ein Zeichen ist falsch, oder zwei sind vertauscht. Bitte vergleichen Sie diese Gruppe.`,
  },
  hardwareIdProblem: {
    wrongPrefix: ({ prefix }) => `Das ist keine Hardware-ID: Sie muss mit ${prefix}- beginnen.`,
    wrongLength: ({ groups, needed, prefix }) =>
      `Das ist keine vollständige Hardware-ID: Sie hat ${groups} statt ${needed} Gruppen nach ${prefix}-.`,
  },
  keyProblem: {
    empty: ({ prefix }) =>
      `Darin steht kein Lizenzschlüssel. Bitte wählen Sie die Lizenzdatei Ihres Herstellers, oder fügen Sie den Schlüssel ein, der mit ${prefix}- beginnt.`,
    tooLarge:
      'Das ist zu groß für einen Lizenzschlüssel. Bitte wählen Sie die Lizenzdatei, die Sie bekommen haben; sie hat wenige Zeilen Text.',
    notText:
      'Das ist keine Lizenzdatei: Sie enthält keinen reinen Text. Bitte wählen Sie die Lizenzdatei, die Sie bekommen haben, oder tippen Sie den Schlüssel ein.',
    notALicenceKey: ({ prefix }) =>
      `Das ist kein Lizenzschlüssel: Er muss mit ${prefix}- beginnen. Bitte wählen Sie die Lizenzdatei Ihres Herstellers, oder fügen Sie den Schlüssel daraus oder aus dem QR-Code des Lieferscheins ein.`,
    ownHardwareId: ({ ownId, prefix }) => hardwareIdInstead('dieses Geräts', ownId, prefix),
    otherHardwareId: ({ ownId, prefix }) => hardwareIdInstead('eines anderen Geräts', ownId, prefix),
    incomplete: ({ groups }) =>
      `Der Lizenzschlüssel ist nicht vollständig: Er endet nach Gruppe ${groups}. Bitte geben Sie ihn ganz ein.`,
    notSigned:
      'Dieser Lizenzschlüssel ist nicht echt: Seine Signatur passt nicht. Bitte verwenden Sie den Schlüssel genau so, wie Sie ihn bekommen haben, oder fragen Sie Ihren Hersteller nach einem neuen.',
    newerFormat:
      'Dieser Lizenzschlüssel ist für eine neuere Version des Produkts gemacht. Bitte aktualisieren Sie zuerst das Gerät und geben Sie den Schlüssel dann noch einmal ein.',
    unreadable:
      'Dieser Lizenzschlüssel ist echt, enthält aber etwas Unverständliches. Bitte fragen Sie Ihren Hersteller nach einem neuen.',
  },
  refusal: {
    noLicence:
      'Es ist kein Lizenzschlüssel eingegeben. Telefonieren geht, Mithören nicht. Bestellen Sie mit dem Bestellblatt (modcall licence order-sheet) eine Lizenz und geben Sie ihren Schlüssel ein (modcall licence enter).',
    hardwareIdUnknown:
      'Die Hardware-ID lässt sich nicht ermitteln, darum kann keine Lizenz geprüft werden. Die Ursache steht im Protokoll; ist der Host-Schlüssel beschädigt, stellen Sie ihn aus der Sicherung wieder her.',
    keyUnread:
      'Die Lizenz ließ sich nicht rechtzeitig vom Datenträger lesen. Das Gerät versucht es weiter, und sobald sie da ist, gilt sie. Dauert das Minuten, prüfen Sie Datenträger oder Speicherkarte.',
    hardwareIdUnread:
      'Das Gerät liest seine Hardware-ID noch, was länger dauert als sonst; darum kann noch keine Lizenz geprüft werden. Sobald sie gelesen ist, wird die Lizenz von selbst geprüft. Dauert das Minuten, prüfen Sie Datenträger oder Speicherkarte.',
    blocked: ({ ownId }) =>
      `Ihr Hersteller hat dieses Gerät (${ownId}) für nicht gekaufte Lizenzen gesperrt. Bitte fragen Sie Ihren Hersteller.`,
    otherProduct: ({ product }) =>
      `Dieser Lizenzschlüssel ist für ein anderes Produkt (${product}). Bitte geben Sie den Schlüssel für Modcall ein.`,
    otherBox: (params) =>
      `${otherBox(params)} Geben Sie den Schlüssel auf dem Gerät ein, für das er ausgestellt ist, oder bestellen Sie einen für dieses Gerät.`,
    otherKey: (params) =>
      `${otherBox(params)} Es ist dieselbe Platine mit einem anderen Host-Schlüssel, wie nach einer Neuinstallation: Stellen Sie die Sicherung der Identität wieder her (modcall identity restore), oder fragen Sie Ihren Hersteller nach einem neuen Schlüssel.`,
    otherCpu: (params) =>
      `${otherBox(params)} Es ist derselbe Host-Schlüssel auf einer anderen Platine: Fragen Sie Ihren Hersteller nach einem Schlüssel für diese.`,
    otherServer: ({ keyNumbers }) =>
      `Dieser Lizenzschlüssel gehört zum Server-Lizenzschlüssel Nummer ${keyNumbers.join(' oder ')}, der auf diesem Gerät nicht gilt. Bitte geben Sie zuerst diesen Server-Lizenzschlüssel hier ein, oder fragen Sie Ihren Hersteller nach einem Schlüssel für dieses Gerät.`,
    updateNotCovered: ({ highestMajor, version }) =>
      `Diese Lizenz gilt für Version ${highestMajor} und ältere; installiert ist Version ${version}. Es ist eine kostenpflichtige Aktualisierung nötig: Bestellen Sie sie mit dem Bestellblatt, oder kehren Sie zu Version ${highestMajor} zurück.`,
    demoExpired: ({ expired }) =>
      `Die Demo-Lizenz ist am ${moment(expired)} abgelaufen. Bestellen Sie mit dem Bestellblatt eine Lizenz, um weiterzumachen.`,
    rentedExpired: ({ expired, ended }) =>
      `Die gemietete Lizenz ist am ${moment(expired)} abgelaufen, ihre Nachfrist am ${moment(ended)}. Bitte verlängern Sie sie bei Ihrem Hersteller und geben Sie den neuen Schlüssel ein.`,
    nfrExpired: ({ expired }) =>
      `Die NFR-Lizenz ist am ${moment(expired)} abgelaufen. Bitte fragen Sie Ihren Hersteller nach einer neuen.`,
    clockSetBack: ({ shown, latest }) =>
      `Die Uhr dieses Geräts geht falsch: Sie zeigt ${moment(shown)}, es war aber schon ${moment(latest)}. Stellen Sie die Uhr richtig, oder geben Sie einen neu ausgestellten Lizenzschlüssel ein.`,
    tierTooSmall: ({ members, setUp }) =>
      `Die Lizenz gilt für bis zu ${members} Nebenstellen, eingerichtet sind ${setUp}. Bestellen Sie mit dem Bestellblatt die nächste Staffel, oder entfernen Sie ${setUp - members} davon.`,
  },
  warning: {
    expiresSoon: ({ expires, daysLeft }) =>
      `Die Lizenz läuft in ${days(daysLeft)} ab, am ${moment(expires)}. Bitte bestellen oder verlängern Sie rechtzeitig.`,
    inGraceTime: ({ expired, ends, daysLeft }) =>
      `Die Lizenz ist am ${moment(expired)} abgelaufen. Das Mithören endet in ${days(daysLeft)}, am ${moment(ends)}. Bitte verlängern Sie jetzt.`,
    clockNotSet:
      'Die Uhr dieses Geräts ist nicht gestellt; die Lizenz wird nach der letzten bekannten Zeit beurteilt. Bitte prüfen Sie das Netzwerk und den Zeitserver.',
  },
  allowed: {
    simulatedBoard:
      'Simulierte Platine: Mithören geht ohne Lizenzschlüssel (Lizenz „nicht zum Weiterverkauf“, NFR). Nicht für den Einsatz im Büro.',
    licence: ({ kind, keyNumber, limit }) =>
      `Lizenz gültig: ${kinds[kind]}, Schlüsselnummer ${keyNumber}, ${extensions(limit)}.`,
  },
};
