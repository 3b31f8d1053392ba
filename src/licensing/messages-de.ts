import type { TypingMistake } from './grouped-text.js';
import {
  type HardwareIdProblem,
  hardwareIdGroups,
  hardwareIdPrefix,
  hardwareIdText,
  type IdPart,
} from './hardware-id.js';
import { type KeyProblem, licenceKeyPrefix } from './licence-key.js';
import type { LicensingTexts } from './licensing-texts.js';
import type { Allowed, Refusal, Warning } from './verdict.js';

const kinds: LicensingTexts['kinds'] = {
  bought: 'gekauft',
  rented: 'gemietet',
  demo: 'Demo',
  nfr: 'nicht zum Weiterverkauf (NFR)',
};

function moment(instant: number): string {
  const [year, month, day, time] = new Date(instant).toISOString().slice(0, 19).split(/[-T]/);
  return `${day}.${month}.${year} ${time} UTC`;
}

function members(limit: number | 'unlimited'): string {
  return limit === 'unlimited' ? 'beliebig viele Nebenstellen' : `bis zu ${limit} Nebenstellen`;
}

/** After “in” and “noch”: one declination serves both. */
function days(count: number): string {
  return count === 1 ? '1 Tag' : `${count} Tagen`;
}

function mistake(mistake: TypingMistake): string {
  switch (mistake.kind) {
    case 'strangeCharacter':
      return `Tippfehler in Gruppe ${mistake.group}: Das Zeichen „${mistake.character}“ kommt dort nicht vor. Bitte vergleichen Sie diese Gruppe.`;
    case 'tooShort':
      return `Tippfehler in Gruppe ${mistake.group}: Es fehlt ein Zeichen. Jede Gruppe hat fünf. Bitte vergleichen Sie diese Gruppe.`;
    case 'tooLong':
      return `Tippfehler in Gruppe ${mistake.group}: Sie hat ein Zeichen zu viel. Jede Gruppe hat fünf. Bitte vergleichen Sie diese Gruppe.`;
    case 'mistyped':
      return `Tippfehler in Gruppe ${mistake.group}: Ein Zeichen ist falsch, oder zwei sind vertauscht. Bitte vergleichen Sie diese Gruppe.`;
  }
}

function hardwareIdProblem(problem: HardwareIdProblem): string {
  switch (problem.kind) {
    case 'wrongPrefix':
      return `Das ist keine Hardware-ID: Sie muss mit ${hardwareIdPrefix}- beginnen.`;
    case 'typingMistake':
      return mistake(problem.mistake);
    case 'wrongLength':
      return `Das ist keine vollständige Hardware-ID: Sie hat ${problem.groups} statt ${hardwareIdGroups} Gruppen nach ${hardwareIdPrefix}-.`;
  }
}

function keyProblem(problem: KeyProblem, ownId: string): string {
  switch (problem.kind) {
    case 'empty':
      return 'Darin steht kein Lizenzschlüssel. Bitte wählen Sie die Lizenzdatei Ihres Herstellers, oder fügen Sie den Schlüssel ein, der mit ML1- beginnt.';
    case 'tooLarge':
      return 'Das ist zu groß für einen Lizenzschlüssel. Bitte wählen Sie die Lizenzdatei, die Sie bekommen haben; sie hat wenige Zeilen Text.';
    case 'notText':
      return 'Das ist keine Lizenzdatei: Sie enthält keinen reinen Text. Bitte wählen Sie die Lizenzdatei, die Sie bekommen haben, oder tippen Sie den Schlüssel ein.';
    case 'notALicenceKey':
      return `Das ist kein Lizenzschlüssel: Er muss mit ${licenceKeyPrefix}- beginnen. Bitte wählen Sie die Lizenzdatei Ihres Herstellers, oder fügen Sie den Schlüssel daraus oder aus dem QR-Code des Lieferscheins ein.`;
    case 'hardwareIdInstead':
      return hardwareIdInstead(problem.id && hardwareIdText(problem.id), ownId);
    case 'typingMistake':
      return mistake(problem.mistake);
    case 'incomplete':
      return `Der Lizenzschlüssel ist nicht vollständig: Er endet nach Gruppe ${problem.groups}. Bitte geben Sie ihn ganz ein.`;
    case 'notSigned':
      return 'Dieser Lizenzschlüssel ist nicht echt: Seine Signatur passt nicht. Bitte verwenden Sie den Schlüssel genau so, wie Sie ihn bekommen haben, oder fragen Sie Ihren Hersteller nach einem neuen.';
    case 'newerFormat':
      return 'Dieser Lizenzschlüssel ist für eine neuere Version des Produkts gemacht. Bitte aktualisieren Sie zuerst das Gerät und geben Sie den Schlüssel dann noch einmal ein.';
    case 'unreadable':
      return 'Dieser Lizenzschlüssel ist echt, enthält aber etwas Unverständliches. Bitte fragen Sie Ihren Hersteller nach einem neuen.';
  }
}

function hardwareIdInstead(entered: string | undefined, ownId: string): string {
  const whose =
    entered === undefined || entered === ownId
      ? 'die Hardware-ID dieses Geräts'
      : 'die Hardware-ID eines anderen Geräts';
  return `Das ist ${whose}, kein Lizenzschlüssel. Senden Sie die Hardware-ID (${ownId}) an Ihren Hersteller; der Lizenzschlüssel, den Sie dafür bekommen, beginnt mit ${licenceKeyPrefix}-.`;
}

function refusal(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'noLicence':
      return 'Es ist kein Lizenzschlüssel eingegeben. Telefonieren geht, Mithören nicht. Bestellen Sie mit dem Bestellblatt eine Lizenz und geben Sie ihren Schlüssel ein.';
    case 'hardwareIdUnknown':
      return 'Die Hardware-ID lässt sich nicht ermitteln, darum kann keine Lizenz geprüft werden. Die Ursache steht im Protokoll; ist der Host-Schlüssel beschädigt, stellen Sie ihn aus der Sicherung wieder her.';
    case 'badKey':
      return keyProblem(refusal.problem, hardwareIdText(refusal.ownId));
    case 'blocked':
      return `Ihr Hersteller hat dieses Gerät (${hardwareIdText(refusal.ownId)}) für nicht gekaufte Lizenzen gesperrt. Bitte fragen Sie Ihren Hersteller.`;
    case 'otherProduct':
      return `Dieser Lizenzschlüssel ist für ein anderes Produkt (${refusal.product}). Bitte geben Sie den Schlüssel für Modcall ein.`;
    case 'otherBox':
      return otherBox(refusal);
    case 'otherServer':
      return `Dieser Lizenzschlüssel gehört zum Server-Lizenzschlüssel Nummer ${refusal.keyNumbers.join(' oder ')}, der auf diesem Gerät nicht gilt. Bitte geben Sie zuerst diesen Server-Lizenzschlüssel hier ein, oder fragen Sie Ihren Hersteller nach einem Schlüssel für dieses Gerät.`;
    case 'updateNotCovered':
      return `Diese Lizenz gilt für Version ${refusal.highestMajor} und ältere; installiert ist Version ${refusal.version}. Es ist ein kostenpflichtiges Update nötig: Bestellen Sie es mit dem Bestellblatt, oder kehren Sie zu Version ${refusal.highestMajor} zurück.`;
    case 'expired':
      return expired(refusal);
    case 'clockSetBack':
      return `Die Uhr dieses Geräts geht falsch: Sie zeigt ${moment(refusal.shown)}, es war aber schon ${moment(refusal.known)}. Stellen Sie die Uhr richtig, oder geben Sie einen neu ausgestellten Lizenzschlüssel ein.`;
    case 'tierTooSmall':
      return `Die Lizenz gilt für bis zu ${refusal.members} Nebenstellen, eingerichtet sind ${refusal.setUp}. Bestellen Sie mit dem Bestellblatt die nächste Staffel, oder entfernen Sie ${refusal.setUp - refusal.members} davon.`;
  }
}

function otherBox({ ownId, issuedFor, changedPart }: Extract<Refusal, { kind: 'otherBox' }>): string {
  const boxes = `Dieser Lizenzschlüssel gehört zu einem anderen Gerät: ${issuedFor.map(hardwareIdText).join(', ')}. Dieses Gerät ist ${hardwareIdText(ownId)}.`;
  switch (changedPart) {
    case 'key':
      return `${boxes} Es ist dieselbe Platine mit einem anderen Host-Schlüssel, wie nach einer Neuinstallation: Stellen Sie die Sicherung der Identität wieder her (modcall identity restore), oder fragen Sie Ihren Hersteller nach einem neuen Schlüssel.`;
    case 'cpu':
      return `${boxes} Es ist derselbe Host-Schlüssel auf einer anderen Platine: Fragen Sie Ihren Hersteller nach einem Schlüssel für diese.`;
    case undefined:
      return `${boxes} Geben Sie den Schlüssel auf dem Gerät ein, für das er ausgestellt ist, oder bestellen Sie einen für dieses Gerät.`;
  }
}

function expired({ licence, expired, ended }: Extract<Refusal, { kind: 'expired' }>): string {
  switch (licence) {
    case 'demo':
      return `Die Demo-Lizenz ist am ${moment(expired)} abgelaufen. Bestellen Sie mit dem Bestellblatt eine Lizenz, um weiterzumachen.`;
    case 'rented':
      return `Die gemietete Lizenz ist am ${moment(expired)} abgelaufen, ihre Nachfrist am ${moment(ended)}. Bitte verlängern Sie sie bei Ihrem Hersteller und geben Sie den neuen Schlüssel ein.`;
    case 'nfr':
      return `Die NFR-Lizenz ist am ${moment(expired)} abgelaufen. Bitte fragen Sie Ihren Hersteller nach einer neuen.`;
  }
}

function warning(warning: Warning): string {
  switch (warning.kind) {
    case 'expiresSoon':
      return `Die Lizenz läuft in ${days(warning.daysLeft)} ab, am ${moment(warning.expires)}. Bitte bestellen oder verlängern Sie rechtzeitig.`;
    case 'inGraceTime':
      return `Die Lizenz ist am ${moment(warning.expired)} abgelaufen. Das Mithören endet in ${days(warning.daysLeft)}, am ${moment(warning.ends)}. Bitte verlängern Sie jetzt.`;
    case 'clockNotSet':
      return `Die Uhr dieses Geräts ist nicht gestellt; die Lizenz wird nach der letzten bekannten Zeit beurteilt. Bitte prüfen Sie das Netzwerk und den Zeitserver.`;
  }
}

function allowed({ by, members: limit }: Allowed): string {
  switch (by.kind) {
    case 'simulatedBoard':
      return 'Simulierte Platine: Sie zählt als nicht zum Weiterverkauf (NFR) und braucht keinen Lizenzschlüssel. Nicht für den Einsatz im Büro.';
    case 'licence':
      return `Lizenz gültig: ${kinds[by.licence.term.kind]}, Schlüsselnummer ${by.licence.keyNumber}, ${members(limit)}.`;
  }
}

function hardwareIdChanged(changed: readonly IdPart[], before: string, now: string): string {
  const head = `Die Hardware-ID ist nicht dieselbe wie beim letzten Start: Sie war ${before} und ist ${now}.`;
  if (changed.length > 1) {
    return `${head} CPU und Host-Schlüssel sind andere: Das ist ein anderes Gerät. Dafür muss ein Lizenzschlüssel ausgestellt werden.`;
  }
  if (changed[0] === 'key') {
    return `${head} Der Host-Schlüssel ist ein anderer, die CPU ist dieselbe. Wenn Sie eine Sicherung der Identität haben, stellen Sie sie wieder her (modcall identity restore); sonst ist ein neuer Lizenzschlüssel nötig.`;
  }
  return `${head} CPU oder Platine sind andere, der Host-Schlüssel ist derselbe. Wurde die Platine getauscht, fragen Sie Ihren Hersteller nach einem Lizenzschlüssel für die neue Hardware-ID.`;
}

export const german: LicensingTexts = {
  kinds,
  labels: {
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
    licenceKey: 'Lizenzschlüssel',
    date: 'Datum',
  },
  wishes: ['Kauf', 'Miete', 'Demo (30 Tage)', 'höhere Staffel', 'kostenpflichtiges Update'],
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
  },
  moment,
  members,
  mistake,
  hardwareIdProblem,
  keyProblem,
  refusal,
  warning,
  allowed,
  hardwareIdChanged,
};
