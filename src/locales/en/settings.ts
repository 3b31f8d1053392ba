import type { Tree } from '../tree.js';

/** The settings file. */
export const settings = {
  invalid: ({ file, count }: { file: string; count: number }) =>
    `The settings in ${file} are not valid (${count === 1 ? 'one mistake' : `${count} mistakes`}).`,
  refused: ({ count }: { count: number }) =>
    `The settings were not changed: ${count === 1 ? 'one value is' : `${count} values are`} not valid.`,
  notKept: ({ reason }: { reason: string }) =>
    `The settings were not changed: they could not be kept (${reason}). Check the memory card, and try again.`,
  missing: ({ path }: { path: string }) =>
    `There are no settings at ${path}. Name the folder with --data or MODCALL_DATA, or start Modcall once: it makes them.`,
  lost: ({ path, copy }: { path: string; copy: string }) =>
    `The settings ${path} are gone, though the box was set up. Restore them from a backup, or put ${copy} in their place. If the box is to start from scratch, empty the whole data folder.`,
  settingsOfLastStart:
    'The settings cannot be used as they are. The last good ones are in use; monitoring is closed until the settings are corrected in the file, or a version of them is restored.',
  countryUnknown:
    'Nobody has said yet in which country the box is. Until somebody does, 112, 110, 911 and 999 all count as emergency numbers, and calls from outside cannot be listened to where anybody is excluded. Choose the country on the page under “Lines”, “Telephony”, or with: modcall settings change --country de|gb|us',
  settingsSalvaged:
    'The settings cannot be used as they are. Every entry that is valid is in use; monitoring is closed until the settings are corrected in the file, or changed as a whole.',
  newer: ({ path, keys }: { path: string; keys: string }) =>
    `The settings ${path} were written by a newer Modcall. What this one does not know is not heeded: ${keys}. Profiles are switched off if a rule of monitoring may be among it. Install the newer Modcall again, or check the settings and switch the profiles on.`,
  noSuchWebhook: ({ id }: { id: string }) => `There is no webhook ${id} that is enabled. Check how it is written.`,
  noSuchVersion: ({ version }: { version: number }) =>
    `Version ${version} of the settings is not kept. Choose one of those that are listed.`,
  noSuchEntry: ({ list, name }: { list: string; name: string }) =>
    `There is no ${name} among the ${list} of the settings. Check how it is written.`,
  stillNamed: ({ name, paths }: { name: string; paths: readonly string[] }) =>
    `${name} cannot be removed, because it is named by: ${paths.join(', ')}. Change that first.`,
  table: {
    unreadable: ({ line }: { line: number }) =>
      `Line ${line} of the table cannot be read. Every line needs as many columns as the first, and every quotation mark its second.`,
    longLine: ({ line, most }: { line: number; most: number }) =>
      `Line ${line} of the table has more than ${most} characters. Shorten it, or write the second quotation mark where it is missing.`,
    columnTwice: ({ column }: { column: string }) => `The column "${column}" is there twice. Remove one of the two.`,
    tooLong: ({ most }: { most: number }) => `The table has more than ${most} lines. Import it in parts.`,
    noKey: ({ column }: { column: string }) =>
      `The first line of the table has to name the columns, and one of them has to be "${column}".`,
    invalid: ({ count }: { count: number }) =>
      `The table is not valid (${count === 1 ? 'one mistake' : `${count} mistakes`}). Nothing has been changed.`,
  },
  unreadable: ({ path, reason }: { path: string; reason: string }) =>
    `The settings ${path} cannot be read (${reason}). Check the permissions of the file, and the memory card.`,
  fault: {
    version: { reason: 'is not a version of the settings file', remedy: 'Write "version": 1.' },
    newerVersion: {
      reason: ({ newest }: { newest: number }) =>
        `was written by a newer Modcall; this one knows versions up to ${newest}`,
      remedy: 'Install the newer Modcall again, or restore the settings that belong to this one.',
    },
    language: { reason: 'is not a language of Modcall', remedy: 'Write "de" or "en".' },
    country: {
      reason: 'is not a country that Modcall knows',
      remedy: 'Write "de", "us" or "gb": it decides the emergency numbers.',
    },
    ipAddress: { reason: 'is not an IP address', remedy: 'Write an address such as "192.168.1.10".' },
    ipv4Address: {
      reason: 'is not an IPv4 address; this version takes calls over IPv4 only',
      remedy: 'Write an address of this machine such as "192.168.1.10"; "0.0.0.0" listens on every one.',
    },
    webNames: {
      reason: 'has more than 16 names',
      remedy: 'Keep those by which browsers and programs reach the box.',
    },
    webInClear: {
      reason: 'would send passwords over the network unencrypted',
      remedy: 'Write true, or "address": "127.0.0.1", which only this machine reaches.',
    },
    host: {
      reason: 'is neither a host name nor an IP address',
      remedy: 'Write a name such as "sip.example.com", or an address.',
    },
    port: {
      reason: 'is not a port number',
      remedy:
        'Write a whole number from 1 to 65535 without quotes; usual are 5060 for SIP, 5061 for SIP over TLS, and 8443 for web.',
    },
    portTaken: {
      reason: 'is taken by another program on the box',
      remedy: 'Write another port, or end that program.',
    },
    portForbidden: {
      reason: 'is a port that only the system administrator may use on the box',
      remedy: 'Write a port from 1024 on, or let the service of Modcall use it.',
    },
    foreignAddress: {
      reason: 'is no address of this machine',
      remedy: 'Write an address that the machine has; "0.0.0.0" serves on every one.',
    },
    transport: {
      reason: 'does not name a transport of Modcall',
      remedy: 'Write at least one of "udp", "tcp" and "tls".',
    },
    pem: { reason: 'is no text in PEM form', remedy: 'Write the text from -----BEGIN to -----END, in one string.' },
    authorities: {
      reason: 'is no list of certificates in PEM form',
      remedy: 'Write one or more blocks from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
    },
    encryption: {
      reason: 'does not say whether sound is encrypted',
      remedy: 'Write "off", "offered" or "required".',
    },
    callerIdentity: {
      reason: 'does not say where the number of who calls is told',
      remedy: 'Write "from", or what the provider wants: "preferred" or "asserted".',
    },
    diversion: {
      reason: 'does not name a way to tell who has forwarded a call',
      remedy: 'Write "none", or what the provider wants: "diversion" or "historyInfo".',
    },
    extensionKeysInClear: {
      reason: 'would let no call through: nothing can be encrypted while phones cannot register over TLS',
      remedy: 'Add "tls" to the transports of sip, or write "offered".',
    },
    trunkKeysInClear: {
      reason: 'would let no call through: without TLS, others could read the keys',
      remedy: 'Write "transport": "tls" with the port that the provider names (usually 5061), or "encryption": "off".',
    },
    clientCertificate: {
      reason: 'and "clientKey" are no certificate with its key',
      remedy: 'Write both in PEM form, the key without a passphrase, as the provider gave them; or neither.',
    },
    realm: {
      reason: 'is not a realm',
      remedy: 'Write 1 to 64 ASCII characters without quotes and backslashes, such as "modcall".',
    },
    digest: {
      reason: 'does not name a digest algorithm of Modcall',
      remedy: 'Write at least one of "SHA-256" and "MD5".',
    },
    name: {
      reason: 'is not a name',
      remedy: 'Write 1 to 64 characters, without quotes, angle brackets and backslashes inside.',
    },
    id: {
      reason: 'is not an identifier',
      remedy: 'Write lowercase letters, digits and hyphens, a letter first, 32 at most, such as "support".',
    },
    extensionNumber: { reason: 'is not an extension number', remedy: 'Write 2 to 8 digits in quotes, such as "101".' },
    password: { reason: 'is not a usable password', remedy: 'Write 12 to 128 characters in quotes.' },
    pin: {
      reason: 'is not the hash of a PIN',
      remedy: 'Write null here and set the PIN with: modcall pin set EXTENSION',
    },
    dialable: {
      reason: 'is not an internal number',
      remedy: 'Write 2 to 8 characters of 0-9, * and #, in quotes, such as "*55".',
    },
    prefix: {
      reason: 'is not a dialling prefix',
      remedy: 'Write up to 8 characters of 0-9, * and #, in quotes; "" takes every number.',
    },
    trunkKind: {
      reason: 'is not a kind of trunk',
      remedy:
        'Write "registering" (user name and password), "address" (list of addresses) or "analog" (a port of the board).',
    },
    analogPort: {
      reason: 'is not a port of a board',
      remedy: 'Write its name as the board file has it under "lines", such as "handset".',
    },
    onLift: {
      reason: 'does not say what lifting the handset does',
      remedy: 'Write { "kind": "dialTone" } or { "kind": "call", "number": "*55" }.',
    },
    username: {
      reason: 'is not a user name',
      remedy: 'Write 1 to 128 ASCII characters without spaces, as the provider gave it.',
    },
    trunkPassword: { reason: 'is not a password', remedy: 'Write 1 to 128 characters, as the provider gave it.' },
    inbound: {
      reason: 'does not say who is to ring',
      remedy: 'Write { "extension": "100" } or { "group": "support" }.',
    },
    outsideNumber: {
      reason: 'is not a telephone number',
      remedy: 'Write 1 to 20 digits in quotes, with a + in front if need be.',
    },
    excludedNumber: {
      reason: 'is not a number that can be excluded',
      remedy: 'Write 3 to 20 digits in quotes, with a + in front if need be.',
    },
    intervention: {
      reason: 'is not something a moderator can do',
      remedy: 'Write any of "whisper", "barge" and "takeOver"; listening goes without.',
    },
    encryptedCalls: {
      reason: 'does not say on which lines encrypted calls are listened to',
      remedy: 'Write "protectedLine", "protectedThroughout" or "anyLine".',
    },
    notice: {
      reason: 'is not a kind of notice',
      remedy: 'Write { "kind": … } with "none", "toneAtStart", "toneEvery" or "announcement".',
    },
    noticeSeconds: {
      reason: 'is not a time between notice tones',
      remedy: 'Write 5 to 300 (seconds), without quotes.',
    },
    weekday: {
      reason: 'does not name a weekday',
      remedy: 'Write at least one of "mon", "tue", "wed", "thu", "fri", "sat", "sun".',
    },
    clockTime: {
      reason: 'is not a time of day',
      remedy: 'Write hours and minutes, such as "08:00"; a window may end at "24:00".',
    },
    windowOrder: {
      reason: ({ from }: { from: string }) => `is not after the beginning, ${from}`,
      remedy:
        'Let the window end later on the same day; for a night write two windows, up to "24:00" and from "00:00".',
    },
    quota: {
      reason: 'is not a quota',
      remedy: 'Write how many calls may be monitored per member and month, or null for no limit.',
    },
    strategy: {
      reason: 'is not a way in which a group rings',
      remedy: 'Write "all", "inTurn" or "longestIdle".',
    },
    memberSeconds: { reason: 'is not a ringing time', remedy: 'Write 5 to 120 (seconds), without quotes.' },
    overflowNumber: {
      reason: 'is not a number that can be dialled here',
      remedy: 'Write it as it is dialled in the house, with the prefix of the trunk for one outside.',
    },
    overflowSeconds: { reason: 'is not a time', remedy: 'Write 5 to 180 (seconds), without quotes.' },
    overflowNowhere: {
      reason: 'is not a number that a group can pass its calls on to',
      remedy: 'Choose an extension, another group or an outside number: no service number, code or emergency number.',
    },
    ringSeconds: { reason: 'is not a ringing time', remedy: 'Write 5 to 180 (seconds), without quotes.' },
    perCall: { reason: 'is not a number of moderators in one call', remedy: 'Write 1 to 16, without quotes.' },
    total: {
      reason: 'is not a number of monitors for the whole box',
      remedy: 'Write 1 to 330, without quotes.',
    },
    privacyMinutes: {
      reason: 'is not a time for the privacy button',
      remedy: 'Write 1 to 1440 (minutes), or null for that of the board.',
    },
    webhookUrl: {
      reason: 'is not an address for webhooks',
      remedy: 'Write an address that begins with "https://" or "http://", without user name, password and "#".',
    },
    webhookPlace: { reason: 'is no place', remedy: 'Write "network" or, for a program on the box itself, "box".' },
    webhookEvent: { reason: 'is not a kind of events for webhooks', remedy: 'Write "calls" or "monitors".' },
    webhookSecret: {
      reason: 'is not the key of a webhook',
      remedy: 'Let the box make it: write "generate", or leave it out when you set a single webhook.',
    },
    webhooks: { reason: 'are too many webhooks', remedy: 'Leave 16 at most.' },
    phones: { reason: 'are too many phones', remedy: 'Leave 1000 at most.' },
    phoneId: {
      reason: 'does not identify a phone',
      remedy:
        'Write its MAC address as 12 digits and small letters, such as "001565aabbcc"; for an app a name such as "anna".',
    },
    phoneMac: {
      reason: 'is not a MAC address',
      remedy: 'Write the 12 digits and letters from the label of the phone, such as "001565aabbcc".',
    },
    phoneModel: {
      reason: 'is not a model that the box can configure',
      remedy: 'Write "yealink", "snom", "grandstream", "grandstream-ht", "cisco-ata" or "linphone".',
    },
    phoneExtensions: { reason: 'has no extension', remedy: 'Write at least one, such as ["101"].' },
    phoneLines: {
      reason: 'has more extensions than a phone of this model can be',
      remedy: 'Leave 2 at an adapter, 4 in Linphone, 6 at a Grandstream, 12 at a Snom, 16 at a Yealink.',
    },
    phoneButtons: { reason: 'are keys that this model does not have', remedy: 'Leave them out.' },
    phoneOnLift: {
      reason: 'is for adapters only: this model does not call by being lifted',
      remedy: 'Write { "kind": "dialTone" }, or leave it out.',
    },
    button: {
      reason: 'does not say what a key does',
      remedy:
        'Write { "kind": "blf", "extension": "101" }, { "kind": "speedDial", "number": "0301234", "label": "Taxi" }, { "kind": "monitoring", "profile": "support" } or { "kind": "listening" }.',
    },
    buttons: { reason: 'are too many keys', remedy: 'Leave 40 at most.' },
    buttonNumber: {
      reason: 'is not a number that a key can call',
      remedy: 'Write 2 to 20 characters of 0-9, * and #, with a + in front if need be.',
    },
    phoneSecret: {
      reason: 'is not the secret of a phone',
      remedy: 'Let the box make it: write "generate" when you change a single phone.',
    },
    webhookOnBox: {
      reason: 'leads to the box itself, not to the network',
      remedy: 'Correct the address, or write "place": "box" if the program runs on the box.',
    },
    updateAddress: {
      reason: 'is not the address of a folder with updates',
      remedy:
        'Write an address that begins with "https://", without user name, password, "?" and "#"; "http://" goes with an IP address of your own network only.',
    },
    updateChannel: { reason: 'is not a channel of updates', remedy: 'Write "stable" or "beta".' },
    logLevel: { reason: 'is not a log level', remedy: 'Write "trace", "debug", "info", "warn", "error" or "fatal".' },
    unknownKey: {
      reason: 'is not a setting',
      remedy: ({ meant }: { meant: string | null }) =>
        meant === null ? 'Remove it.' : `Did you mean "${meant}"? Otherwise remove it.`,
    },
    duplicate: {
      reason: ({ other }: { other: string }) => `is the same as ${other}`,
      remedy: 'Remove one of the two, or give it a value of its own.',
    },
    unknownExtension: {
      reason: 'is not an extension',
      remedy: 'Add the extension under "extensions", or correct the number.',
    },
    unknownGroup: { reason: 'is not a group', remedy: 'Add the group under "groups", or correct the identifier.' },
    unknownProfile: {
      reason: 'is not a profile',
      remedy: 'Add the profile under "profiles", or correct the identifier.',
    },
    unknownTrunk: { reason: 'is not a trunk', remedy: 'Add the trunk under "trunks", or correct the identifier.' },
    emergencyClash: {
      reason: ({ number }: { number: string }) => `would catch the emergency number ${number}`,
      remedy: 'Choose another number: emergency numbers always go out.',
    },
    featureClash: {
      reason: 'is a code that can be dialled at any telephone',
      remedy:
        'Choose another number: *1, ***1, *8, *00 to *09, ** before a number, and *26, #21, *#21 and the like are taken.',
    },
    prefixClash: {
      reason: ({ prefix }: { prefix: string }) =>
        `begins with the prefix of a trunk, "${prefix}", and would catch outside numbers`,
      remedy: 'Choose another number, or another prefix for the trunk.',
    },
    samePin: {
      reason: ({ other }: { other: string }) => `is the same PIN as ${other}; a PIN says who the moderator is`,
      remedy: 'Set another PIN for one of the two with: modcall pin set EXTENSION',
    },
    foreignPin: {
      reason: ({ other }: { other: string }) => `was made on another box than ${other}`,
      remedy: 'Write null here and set the PIN with: modcall pin set EXTENSION',
    },
  },
} satisfies Tree;
