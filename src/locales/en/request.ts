import type { Tree } from '../tree.js';

/** Why a request over HTTP was refused. */
export const request = {
  badTarget:
    'The address of the request is not written as the box writes its addresses. Use those of the API document.',
  badJson: ({ reason }: { reason: string }) => `The body is not JSON: ${reason}.`,
  badVersion: 'If-Match must hold one version in quotation marks, such as "12", or * for whatever is there.',
  bodyCut: 'The body ended before it was complete. Send it again.',
  fieldTwice: ({ field }: { field: string }) => `“${field}” is given more than once. Give it once.`,
  tooDeep: ({ limit }: { limit: number }) => `The body is nested too deeply; ${limit} levels are allowed.`,
  tooMuch: ({ limit }: { limit: number }) => `The body has too many values; ${limit} are allowed. Send less at a time.`,
  notSignedIn: 'Sign in first, or send a token that is valid.',
  wrongOneTimeCode:
    'This is not the one-time code of the box, or not any more. Look it up again: each start makes a new one.',
  wrongLogin: 'Name, password or code is wrong. Try again.',
  secondFactorNeeded: 'Give the code of the authenticator app, too.',
  notPermitted: ({ roles }: { roles: string }) => `You may not do this. It takes one of these roles: ${roles}.`,
  foreignOrigin:
    'The request is not known to come from the box’s own page. Open that page and try again; a program sends a token, or with its session the header X-Modcall.',
  httpsNeeded: 'The box speaks HTTPS only. Use an address that begins with https://.',
  notFound: 'There is nothing at this address.',
  methodNotAllowed: ({ method, allowed }: { method: string; allowed: string }) =>
    `This address does not know the method ${method}. It knows ${allowed}.`,
  notAcceptable: ({ type }: { type: string }) =>
    `The answer would be of type ${type}, which the request does not accept.`,
  versionChanged: ({ version }: { version: number }) =>
    `Somebody else made a change meanwhile; it is at version ${version} now. Look at the changes and repeat yours.`,
  tooLarge: ({ limit }: { limit: number }) => `The body is too large; ${limit} bytes are allowed.`,
  notBytes: ({ type }: { type: string }) => `The body must be a file, with content type ${type}.`,
  notJson: 'The body must be JSON, with content type application/json.',
  encoded: 'The body must not be compressed.',
  wrongHost: ({ host }: { host: string }) =>
    `The box does not go by the name “${host}”. Use its IP address or the host name of its system, or have an admin add the name to web.names in the settings.`,
  invalidInput: 'The input is not valid. See what is wrong with it.',
  versionNeeded: 'Say which version you change: send its ETag as If-Match, or * for whatever is there.',
  tooManyAttempts: ({ seconds }: { seconds: number }) =>
    `Too many failed attempts. Wait ${seconds} seconds and try again.`,
  diskFails: ({ reason }: { reason: string }) =>
    `This was not done: the disk of the box does not allow it (${reason}). Free some space in the data folder, or replace a memory card that can only be read, and try again.`,
  internal: 'Something went wrong in the box. The log says what.',
  tooManyStreams: 'Too many are watching the box already. Close other pages of it, or try again later.',
  stopping: 'The box is stopping or restarting. Try again in a moment.',
  clockNotSet:
    'The clock of the box is not set, so that no code of the authenticator app can be checked. Use a recovery code, or connect the box to the network.',
} satisfies Tree;
