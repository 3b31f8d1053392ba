import type { Tree } from '../tree.js';

/** Who may do what with the box: signing in, users, tokens, certificate. */
export const access = {
  nameUnusable: ({ longest }: { longest: number }) =>
    `This name cannot be used: 1 to ${longest} characters, none of them invisible.`,
  password: {
    tooShort: 'The password is too short: it needs at least 10 characters. A few words in a row are easy to remember.',
    tooLong: 'The password is too long: 200 characters at most.',
    tooSimple:
      'The password is too easy to guess: it must not be made of the name, of a common password (such as “password” with numbers behind it), of a row like 1234567890, or of few characters over and over. A few words in a row are easy to remember.',
    wrong: 'The present password is wrong. Nothing has been changed.',
  },
  tooManyTries: ({ seconds }: { seconds: number }) => `Too many tries. Wait ${seconds} s, then try again.`,
  codeUse:
    'Open the page of the box in a browser (https://, its address, a colon and the port of "web" in the settings) or load it anew, choose the language, and type the code; or send it by the API, as docs/api.md shows. Commands and the API hide the code; the file log/modcall.log in the data folder shows it.',
  notServed:
    'To set up the box from a browser or by programs, add "web": {} to its settings: it then answers on port 8443 (HTTPS), and the log has the one-time code for the first admin.',
  codeUsed: 'The one-time code has been used or replaced meanwhile. The log of the box has the present one.',
  codeWrong:
    'The code of the authenticator app is wrong. Look whether the time of the phone is right, and type the next code.',
  noSetUp: 'No authenticator app is being set up. Begin anew: the box shows another QR code.',
  clockNotSet:
    'The clock of the box is not set, so that neither codes nor dates can be checked. Connect it to the network (it asks for the time), then try again.',
  personOnly: 'A program may not do this with its token: somebody has to sign in.',
  noSuchUser: ({ name }: { name: string }) => `There is no user ${name}.`,
  extensionNeeded: 'A member or moderator needs an extension: whose calls they are, and who listens. Give them one.',
  noSuchToken: ({ id }: { id: string }) => `There is no token ${id}.`,
  lastAdmin: 'This is the last admin of the box. Make somebody else admin first.',
  tooManyUsers: ({ most }: { most: number }) => `There are ${most} users, and more are not possible. Remove one first.`,
  tooManyTokens: ({ most }: { most: number }) =>
    `There are ${most} tokens, and more are not possible. Revoke one that is not used any more first.`,
  rolesTooMany: ({ owner }: { owner: string }) =>
    `A token can have only roles that its owner has. Choose among those of ${owner}.`,
  usersBroken:
    'The list of users cannot be read, so nobody can sign in by it. With the one-time code in the log an admin is set up anew; the broken file is set aside.',
  certificate: {
    unreadable: 'This is no certificate in PEM form (-----BEGIN CERTIFICATE-----).',
    keyUnreadable: 'This is no private key in PEM form without a passphrase (-----BEGIN PRIVATE KEY-----).',
    weakKey: 'The key is too weak: RSA from 2048 bits on, or ECDSA P-256, P-384 or P-521.',
    keyMismatch: 'The private key does not belong to the certificate of the box (the first one in the file).',
    chainOrder: ({ position }: { position: number }) =>
      `Certificate ${position} did not issue the one before it. The certificate of the box stands first, then who issued it, and so on.`,
    expired: ({ position, until }: { position: number; until: string }) =>
      `Certificate ${position} has expired (${until}).`,
    notYetValid: ({ position, from }: { position: number; from: string }) =>
      `Certificate ${position} is not valid yet (from ${from} on).`,
    isAuthority: 'The first certificate is that of an authority. The certificate of the box stands first.',
    tooLong: ({ most }: { most: number }) => `There are more than ${most} certificates in the file.`,
  },
} satisfies Tree;
