import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '../../admin/operation.js';
import type { Access, Use } from './access.js';
import { type Credential, callerBy, credentialOf } from './credential.js';

/** The way in which a request arrives, and how its sender is identified there. */
export interface Door {
  credentialOf(headers: IncomingHttpHeaders, isSecure: boolean): Credential;
  /** Who holds the credential; null if nobody does. @param source the IP address that they come from. */
  callerBy(credential: Credential, source: string, use: Use): Promise<Caller | null>;
}

/** From the network, where anyone may knock. */
export const networkDoor = (access: Access): Door => ({
  credentialOf,
  async callerBy(credential, source, use) {
    const caller = await callerBy(access, credential, source, use);
    return caller && { ...caller, address: source };
  },
});

/** At the box itself: who comes in this way is known beforehand. */
export const consoleDoor = (caller: Caller): Door => ({
  credentialOf: () => ({ kind: 'console' }),
  callerBy: async () => caller,
});
