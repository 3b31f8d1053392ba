/** A message from outside that was refused; a flood of identical rejections is reported only once in a while. */
import type { MessageSource } from './binding.js';
export interface Rejection {
  /**
   * stranger: no such user; wrongDigest: wrong password; replay: an answer that was seen before; foreignUri: an answer for another URI;
   * guessing: too many wrong answers; impersonation: a user under another's name; malformed, oversize: not a readable SIP message; loop:
   * forwarded until no more hops were allowed; unknownMethod, methodNotAllowed: not a method that we offer; unanswered: challenged again
   * and again without ever proving a password; md5Fallback: gave up when offered MD5 and SHA-256, and is offered only MD5 from now on;
   * tooManyContacts: no room for another phone of this user; overload: more calls than its share, or than there is room for; behind: a call
   * that came while JavaScript was behind with earlier events; unread: a connection whose other end sends requests but never reads, which
   * was closed; handshake: a TLS connection that did not come about, such as one that offers no modern cipher; unencrypted: a call whose media
   * is offered less encrypted than is demanded, or in a way that cannot be had; keysInClear: one that has to be encrypted, without TLS.
   */
  readonly kind:
    | 'stranger'
    | 'wrongDigest'
    | 'replay'
    | 'foreignUri'
    | 'guessing'
    | 'impersonation'
    | 'malformed'
    | 'oversize'
    | 'loop'
    | 'unknownMethod'
    | 'methodNotAllowed'
    | 'unanswered'
    | 'md5Fallback'
    | 'tooManyContacts'
    | 'overload'
    | 'behind'
    | 'unread'
    | 'handshake'
    | 'unencrypted'
    | 'keysInClear';
  /** Empty if it could not be read. */
  readonly method: string;
  readonly source: MessageSource;
  readonly username?: string;
  /** How many identical ones have gone unreported since the last one. */
  readonly suppressed: number;
}
