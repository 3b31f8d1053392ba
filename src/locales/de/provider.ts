import type { provider as english } from '../en/provider.js';
import type { Translation } from '../tree.js';

/** What the providers are called whose trunks are half filled in already, and what an admin still has to look up. */
export const provider: Translation<typeof english> = {
  telekom: {
    name: 'Telekom: Telefonanschluss',
    hint: 'Nur am Anschluss der Telekom. Benutzername: die Nummer mit +49 davor; ebenso die eigene Nummer. Erfragen Sie bei der Telekom das Passwort der Telefonie und ob Ihr Anschluss TLS mit verschlüsseltem Ton verlangt.',
  },
  'telekom-trunk': {
    name: 'Telekom: SIP-Anlagenanschluss',
    hint: 'Für DeutschlandLAN. Nehmen Sie Benutzername, Passwort, Verschlüsselung und die Schreibweise der Nummern aus der Auftragsbestätigung; nennt sie einen Outbound-Proxy, auch ihn.',
  },
  'telekom-companyflex': {
    name: 'Telekom: CompanyFlex',
    hint: 'Benutzername: die Registrierungsnummer aus dem Portal von CompanyFlex, mit + davor. Name zur Anmeldung: dieselbe mit @tel.t-online.de dahinter. Ausgehender Proxy: aus dem Portal; er endet auf .primary.companyflex.de. Anderswo als an einem Anschluss der Telekom wird TLS mit verschlüsseltem Ton verlangt.',
  },
  sipgate: {
    name: 'sipgate: Telefon',
    hint: 'Benutzername und Passwort: SIP-ID und SIP-Passwort des Telefons, nicht die der Website. Welche Nummer gezeigt wird, stellen Sie dort ein.',
  },
  'sipgate-trunking': {
    name: 'sipgate trunking',
    hint: 'Benutzername: die SIP-ID des Anschlusses bei sipgate. Eigene Nummer: mit 49 davor, ohne + und ohne Nullen. Ohne eine von Ihren zeigt sipgate dessen Fallback-Rufnummer.',
  },
  '1und1': {
    name: '1&1',
    hint: 'Benutzername: die Nummer mit 49 davor, ohne + und ohne Nullen; ebenso die eigene Nummer. Passwort: das der Telefonie aus dem Control-Center.',
  },
  easybell: {
    name: 'easybell',
    hint: 'Benutzername, Passwort und Server (Registrar) stehen in my.easybell bei den Telefon-Einstellungen der Verbindung. Steht dort ein anderer Server, nehmen Sie den. Sehen Sie dort auch nach, in welcher Schreibweise Nummern kommen und wie der Ton verschlüsselt wird.',
  },
  vodafone: {
    name: 'Vodafone',
    hint: 'Der Server hängt von Anschluss und Ortsvorwahl ab. Er steht im Brief mit den Zugangsdaten oder in MeinVodafone, mit Benutzername und Passwort; auch, wie die eigene Nummer genannt wird, wo Vodafone das auf besondere Weise verlangt.',
  },
  fritzbox: {
    name: 'Fritz!Box',
    hint: 'Richten Sie das Gerät dort als IP-Telefon ein: Benutzername und Passwort sind die dieses Telefons, und dort wählen Sie seine Nummern. Wird fritz.box nicht gefunden, nehmen Sie die IP-Adresse der Fritz!Box.',
  },
  asterisk: {
    name: 'Asterisk',
    hint: 'Benutzername und Passwort: die des Endpunkts dort (endpoint in pjsip.conf). Asterisk übernimmt die Nummer dessen, der anruft, wenn dabei trust_id_inbound=yes steht.',
  },
  freeswitch: {
    name: 'FreeSWITCH',
    hint: 'Benutzername und Passwort: die eines Benutzers aus seinem Verzeichnis (directory). Von Haus aus lauscht es für diese auf 5060 und für andere auf 5080.',
  },
  '3cx': {
    name: '3CX',
    hint: 'Nehmen Sie Server, Port, Benutzername (Authentifizierungs-ID) und Passwort von dem SIP-Anschluss oder der Nebenstelle, die Sie dort für das Gerät anlegen. Werden Anrufe hinaus abgewiesen, versuchen Sie es mit dem Konto in From.',
  },
  modcall: {
    name: 'Ein anderes Modcall',
    hint: 'Mit Anmeldung: Benutzername und Passwort sind die einer Nebenstelle, die das andere für dieses Gerät hat. An der Adresse erkannt: Legen Sie in beiden einen Anschluss an, jeweils mit der Adresse des anderen.',
  },
};
