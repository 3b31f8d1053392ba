export type DigestAlgorithm = 'SHA-256' | 'MD5';

/** A name and password that a phone may register and call with. */
export interface RegistrarUser {
  readonly username: string;
  readonly password: string;
  /** Instead of the registrar's. */
  readonly algorithms?: readonly DigestAlgorithm[];
}

/** Where a message came from; an empty address when that is not known any more. */
export interface MessageSource {
  readonly address: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
}

/** Names a binding; stays the same over refreshes of the same contact. */
export type ContactId = string;

/** A place where a user can be reached. */
export interface Binding {
  readonly username: string;
  readonly contact: ContactId;
  /** Calls to this URI reach the phone, also behind an address translator or on its TCP connection. */
  readonly uri: string;
  readonly source: MessageSource;
  /** Host in the address of record: the name by which the phone knows this registrar. */
  readonly domain: string;
  /** Empty when the phone does not say. */
  readonly userAgent: string;
  /** Seconds. */
  readonly expiresIn: number;
}
