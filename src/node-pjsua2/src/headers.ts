import type { HeaderList } from './native.js';

/** Headers that PJSIP creates itself; a second one would break the message. */
const ownedByPjsip = new Set([
  'call-id',
  'contact',
  'content-length',
  'content-type',
  'cseq',
  'from',
  'max-forwards',
  'record-route',
  'route',
  'to',
  'via',
]);

/** RFC 3261, 25.1: token. */
const token = /^[A-Za-z0-9\-.!%*_+`'~]+$/;

/** Checks headers that are to be added to a message. @throws TypeError for an invalid name, or one that PJSIP owns */
export function headerList(headers: Readonly<Record<string, string>> = {}): HeaderList {
  return Object.entries(headers).map(([name, value]) => {
    if (!token.test(name)) throw new TypeError(`'${name}' is not a header name`);
    if (ownedByPjsip.has(name.toLowerCase())) throw new TypeError(`the header ${name} cannot be set`);
    return [name, value];
  });
}
