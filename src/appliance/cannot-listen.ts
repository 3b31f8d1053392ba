import { ListenError } from '../engine/listen-error.js';
import { ownAddresses } from '../identity/own-addresses.js';
import type { Message } from '../locales/codes.js';
import { AdminError } from '../store/admin-error.js';
import type { Settings } from '../store/settings/settings-schema.js';

/** The ports for phones: UDP and TCP have one, TLS another. */
export interface SipPorts {
  readonly port: number;
  readonly tlsPort: number;
}

/** Where the start says another port than the settings, TLS is listened on at the one after it. */
export const sipPorts = ({ sip }: Pick<Settings, 'sip'>, sipPort: number | null): SipPorts =>
  sipPort === null ? sip : { port: sipPort, tlsPort: sipPort && sipPort + 1 };

/** Why calls cannot be taken at a port. */
export function cannotListen({ sip }: Pick<Settings, 'sip'>, ports: SipPorts, error: unknown): AdminError {
  const port = error instanceof ListenError ? error.port : ports.port;
  const setting = port === ports.port ? 'sip.port' : 'sip.tlsPort';
  return new AdminError(problemOf({ where: `${sip.address}:${port}`, setting }, error), { cause: error });
}

interface SipPlace {
  readonly where: string;
  readonly setting: `sip.${keyof SipPorts}`;
}

function problemOf(place: SipPlace, error: unknown): Message {
  const reason = error instanceof Error ? error.message : String(error);
  switch (error instanceof ListenError ? error.why : 'other') {
    case 'inUse':
      return { code: 'start.sip.inUse', params: { ...place } };
    case 'notOurs':
      return { code: 'start.sip.notOurs', params: { where: place.where, own: ownAddresses() } };
    case 'notAllowed':
      return { code: 'start.sip.notAllowed', params: { ...place } };
    case 'other':
      return { code: 'start.sip.other', params: { ...place, reason } };
  }
}
