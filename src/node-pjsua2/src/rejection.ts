/** A message from outside that was refused; a flood of equal ones is told once a while. */
import type { MessageSource } from './binding.js';
export interface Rejection {
  /**
   * stranger: no such user; wrongDigest: wrong password; replay: an answer seen before; foreignUri: an answer for another URI;
   * guessing: too many wrong answers; impersonation: a user under another's name; malformed, oversize: no SIP message that can be
   * read; loop: gone from one to the other until it may go no further; unknownMethod, methodNotAllowed: nothing we offer; unanswered:
   * challenged again and again, and never proves a password; md5Fallback: gave up upon MD5 and SHA-256, and is offered MD5 alone from
   * now on; tooManyContacts: no room for another phone of this user; overload: more calls than its share, or than there is room for;
   * unread: a connection over which it is asked and never reads, which was cut.
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
    | 'unread';
  /** Empty where it could not be read. */
  readonly method: string;
  readonly source: MessageSource;
  readonly username?: string;
  /** Equal ones that were not told since the last. */
  readonly suppressed: number;
}
