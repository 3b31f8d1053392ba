import type { Encryption } from './encryption.js';

export type DigestAlgorithm = 'SHA-256' | 'MD5';

/** A username and password that a phone may register and call with. */
export interface RegistrarUser {
  readonly username: string;
  readonly password: string;
  /** Used instead of the registrar's. */
  readonly algorithms?: readonly DigestAlgorithm[];
  /** Of this user's calls. Default `off`. */
  readonly encryption?: Encryption;
}

/** Where a message came from; the address is empty if it is no longer known. */
export interface MessageSource {
  readonly address: string;
  readonly port: number;
  readonly transport: 'udp' | 'tcp' | 'tls';
}

/** Identifies a binding; stays the same when the same contact is refreshed. */
export type ContactId = string;

/** A place where a user can be reached. */
export interface Binding {
  readonly username: string;
  readonly contact: ContactId;
  /** Calls to this URI reach the phone even behind a NAT or on its TCP connection. */
  readonly uri: string;
  readonly source: MessageSource;
  /** Host in the address of record: the name by which the phone knows this registrar. */
  readonly domain: string;
  /** Empty if the phone does not say. */
  readonly userAgent: string;
  /** Seconds. */
  readonly expiresIn: number;
}
