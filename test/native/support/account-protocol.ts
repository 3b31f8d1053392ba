import type { RegistrationState } from '../../../src/node-pjsua2/src/index.js';

export type HolderCommand = 'closeAccount' | 'closeEndpoint';

interface HolderEvents {
  readonly listening: { readonly port: number };
  readonly registered: RegistrationState;
  readonly failed: RegistrationState;
  readonly unregistered: RegistrationState;
  /** What became of the promise `registered`. */
  readonly resolved: object;
  readonly rejected: { readonly error: string };
  readonly incomingCall: { readonly kind: string; readonly isOurs: boolean };
  readonly passwordLogged: { readonly message: string };
  /** `errors`: what the log has of that level. */
  readonly closed: { readonly logLines: number; readonly errors: readonly string[] };
}

export type HolderEventName = keyof HolderEvents;

export type HolderEvent = {
  [Name in HolderEventName]: { readonly name: Name } & HolderEvents[Name];
}[HolderEventName];
