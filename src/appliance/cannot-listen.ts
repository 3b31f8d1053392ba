import { ListenError } from '../engine/listen-error.js';
import { ownAddresses } from '../identity/own-addresses.js';
import { AdminError } from '../store/admin-error.js';

/** Why calls cannot be taken at an address, and what to do about it. */
export function cannotListen(where: string, error: unknown): AdminError {
  const message = error instanceof Error ? error.message : String(error);
  const { de, en } = reasons[error instanceof ListenError ? error.why : 'other'](message);
  return new AdminError(
    {
      de: `Auf ${where} kann nicht auf SIP gehört werden: ${de}`,
      en: `Cannot listen for SIP on ${where}: ${en}`,
    },
    { cause: error },
  );
}

const reasons: Readonly<Record<ListenError['why'], (message: string) => { de: string; en: string }>> = {
  inUse: () => ({
    de: 'Ein anderes Programm benutzt den Port schon (ss -lntup zeigt, welches). Beenden Sie es, oder wählen Sie mit --sip-port oder sip.port in den Einstellungen einen anderen.',
    en: 'another program uses the port already (ss -lntup shows which). Stop it, or choose another with --sip-port or sip.port in the settings.',
  }),
  notOurs: () => ({
    de: `Dieses Gerät hat die Adresse nicht; es hat ${ownAddresses().join(', ') || 'keine'}. Schreiben Sie eine davon in sip.address der Einstellungen, oder "0.0.0.0" für alle.`,
    en: `this machine does not have the address; it has ${ownAddresses().join(', ') || 'none'}. Write one of them into sip.address of the settings, or "0.0.0.0" for all.`,
  }),
  notAllowed: () => ({
    de: 'Ports unter 1024 darf nur root benutzen. Wählen Sie mit --sip-port oder sip.port in den Einstellungen einen anderen.',
    en: 'ports below 1024 are for root only. Choose another with --sip-port or sip.port in the settings.',
  }),
  other: (message) => ({
    de: `${message}. Prüfen Sie sip.address und sip.port in den Einstellungen.`,
    en: `${message}. Check sip.address and sip.port in the settings.`,
  }),
};
