import { z } from 'zod';
import { certificateFault, readChain } from '../../crypto/certificate-check.js';
import { encryptedListening } from '../../monitoring/profile.js';
import { callerIdentities } from '../../primitives/caller-identity.js';
import { diversions } from '../../primitives/diversion.js';
import { encryptions } from '../../primitives/encryption.js';
import { logLevels } from '../../primitives/log-entry.js';
import { isUpdateFolder } from '../../primitives/update-address.js';
import { ringStrategies } from '../../switchboard/directory.js';
import { object } from '../files/file-faults.js';
import { phoneSchema } from './phone-schema.js';
import { pinHashPattern } from './pins.js';
import { isReceiverUrl } from './receiver-address.js';
import {
  analogPort,
  because,
  dialable,
  extensionNumber,
  flag,
  host,
  id,
  ipAddress,
  ipv4Address,
  language,
  list,
  matching,
  name,
  oneOf,
  onLift,
  pem,
  port,
  transport,
  whole,
} from './settings-values.js';

/**
 * Shape of `settings.json`. The messages given to zod are codes of faults; `locales` has the words for them. Keys that are not listed are
 * faults, too: a misspelt one would be a rule that silently has no effect.
 */
export type Settings = z.infer<typeof settingsSchema>;
export type ExtensionSettings = Settings['extensions'][number];
export type TrunkSettings = Settings['trunks'][number];
export type WebhookSettings = Settings['webhooks'][number];
export type ProfileSettings = Settings['profiles'][number];
export type PhoneSettings = Settings['phones'][number];

/** Version of the settings file that this Modcall writes. */
export const currentVersion = 1;

/** Names of its own that the box can have. */
const mostNames = 16;

export const countries = ['de', 'us', 'gb', 'unknown'] as const;

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** Of a setting that the box reads at its start only. */
const atStart = { 'x-takes-effect': 'after restart' } as const;

const sip = object({
  /** Address to listen on; 0.0.0.0 means all. */
  address: ipv4Address().meta(atStart).default('0.0.0.0'),
  port: port().meta(atStart).default(5060),
  transports: list(transport())
    .min(1, { error: because('transport') })
    .meta(atStart)
    .default(['udp', 'tcp']),
  /** Where TLS is listened on, if it is one of the transports. */
  tlsPort: port().meta(atStart).default(5061),
  realm: matching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]{1,64}$/, 'realm')
    .meta(atStart)
    .default('modcall'),
  /**
   * Ways to prove a password that phones are offered, in this order. MD5 comes first, for some phones give up on SHA-256 instead of
   * taking the next (RFC 8760 has it otherwise); an extension can have its own.
   */
  digest: list(oneOf(['SHA-256', 'MD5'], 'digest'))
    .min(1, { error: because('digest') })
    .default(['MD5', 'SHA-256']),
  /** What phones are told instead of the listening address: the outside of a port forwarding. */
  publicAddress: host().meta(atStart).optional(),
});

/** Certificates of which one is the other side's or has issued it. */
const authorities = () => pem().refine((text) => readChain(text) !== null, { error: because('authorities') });

/** Of the sound of calls. Off unless somebody switches it on: where only one of a call's phones can, it may not be listened to as before. */
const encryption = () => oneOf(encryptions, 'encryption').default('off');

export const extensionSchema = object({
  number: extensionNumber(),
  name: name(),
  password: matching(/^[^\p{Cc}]{12,128}$/u, 'password'),
  /** Ways to prove the password that its phones are offered instead of the general ones. */
  digest: list(oneOf(['SHA-256', 'MD5'], 'digest'))
    .min(1, { error: because('digest') })
    .optional(),
  encryption: encryption(),
  /** Agreed to be listened to. */
  consents: flag().default(false),
  /** The number that is shown to those it calls outside, instead of that of the trunk. */
  callerId: matching(/^\+?\d{1,20}$/, 'outsideNumber').optional(),
  /** Language of the prompts this person hears; the default is that of the box. */
  language: language().optional(),
  /** Hash of a moderator's PIN, see pins.ts. */
  pin: matching(pinHashPattern, 'pin').nullable().default(null),
});

const group = object({
  id: id(),
  name: name(),
  /** Rings the members; null where the group cannot be called. */
  number: dialable().nullable().default(null),
  members: list(extensionNumber()),
  /** Whether all members ring at once, or one after the other: in their order, or whoever has not talked for the longest time first. */
  strategy: oneOf(ringStrategies, 'strategy').default('all'),
  /** How long each member rings where they ring one after the other. */
  memberSeconds: whole(5, 120, 'memberSeconds').default(20),
  /** Where a call goes on to that nobody answers for so long, or for which nobody is there. */
  overflow: object({
    number: matching(/^\+?[\d*]{2,32}$/, 'overflowNumber'),
    seconds: whole(5, 180, 'overflowSeconds'),
  })
    .nullable()
    .default(null),
});

/** What is connected to a port of the board (`lines` of the board file) that feeds a telephone. */
const analogPhone = object({
  fxs: analogPort(),
  extension: extensionNumber(),
  /** What lifting the handset does: give a dial tone, or call this number at once, such as the service number of a profile. */
  onLift: onLift(),
});

/** Who is rung by a call from outside. */
const inbound = () =>
  z.union([object({ extension: extensionNumber() }), object({ group: id() })], { error: because('inbound') });

const everyTrunk = {
  id: id(),
  name: name(),
  prefix: matching(/^[\d*#]{0,8}$/, 'prefix'),
  inbound: inbound(),
};

/** What is special about the certificates of a trunk over TLS, as everybody may see it. */
export const shownTrunkTls = object({
  /** Without them it is one that the operating system trusts. */
  authorities: authorities().optional(),
  /** Shown to the other side if it asks, with its key, instead of the box's own. */
  certificate: pem().optional(),
});

/** The same as it is sent in: the key may be one that is there already. */
export const sentTrunkTls = shownTrunkTls.extend({ clientKey: pem().optional() });

const trunkTls = sentTrunkTls.refine(
  ({ certificate, clientKey }) =>
    (certificate === undefined && clientKey === undefined) ||
    certificateFault(certificate ?? '', clientKey ?? '', null) === null,
  { error: because('clientCertificate'), path: ['certificate'] },
);

const sipTrunk = {
  ...everyTrunk,
  host: host(),
  /** Null for the usual one of the transport. */
  port: port().nullable().default(null),
  transport: transport().default('udp'),
  tls: trunkTls.optional(),
  callerId: matching(/^\+?\d{1,20}$/, 'outsideNumber')
    .nullable()
    .default(null),
  /** Its own numbers at which somebody else is rung than by `inbound`. */
  numbers: list(object({ number: matching(/^\+?\d{1,20}$/, 'outsideNumber'), to: inbound() })).default([]),
  /** Its network may learn withheld numbers, which are sent along with the call (RFC 3325). */
  trusted: flag().default(false),
  /** Where it is told the number of who calls. */
  identity: oneOf(callerIdentities, 'callerIdentity').default('from'),
  /** By which header it is told who has forwarded a call that goes out over it. */
  diversion: oneOf(diversions, 'diversion').default('none'),
  encryption: encryption(),
};

export const registeringTrunkSchema = object({
  kind: z.literal('registering'),
  ...sipTrunk,
  username: matching(/^[\x21-\x7e]{1,128}$/, 'username'),
  password: matching(/^[^\p{Cc}]{1,128}$/u, 'trunkPassword'),
  /** Whom the password belongs to, where that is not the user name. */
  authName: matching(/^[\x21-\x7e]{1,128}$/, 'username')
    .nullable()
    .default(null),
  /** Where all of it is sent instead of to `host`, which then is only a name; null for nowhere else. */
  proxy: host().nullable().default(null),
  /** Null for the usual one of the transport. */
  proxyPort: port().nullable().default(null),
});

export const addressTrunkSchema = object({
  kind: z.literal('address'),
  ...sipTrunk,
  addresses: list(ipAddress()).min(1, { error: because('ipAddress') }),
});

/** The line of an exchange, on a port of the board. */
export const analogTrunkSchema = object({ kind: z.literal('analog'), ...everyTrunk, fxo: analogPort() });

const trunk = z.discriminatedUnion('kind', [registeringTrunkSchema, addressTrunkSchema, analogTrunkSchema], {
  error: because('trunkKind'),
});

const notice = z.discriminatedUnion(
  'kind',
  [
    object({ kind: z.literal('none') }),
    object({ kind: z.literal('toneAtStart') }),
    object({ kind: z.literal('toneEvery'), seconds: whole(5, 300, 'noticeSeconds') }),
    object({ kind: z.literal('announcement') }),
  ],
  { error: because('notice') },
);

const window = object({
  days: list(oneOf(weekdays, 'weekday')).min(1, { error: because('weekday') }),
  from: matching(/^([01]\d|2[0-3]):[0-5]\d$/, 'clockTime'),
  to: matching(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'clockTime'),
});

const profile = object({
  id: id(),
  name: name(),
  enabled: flag().default(true),
  service: dialable(),
  external: object({ trunk: id(), number: matching(/^\+?\d{1,20}$/, 'outsideNumber') })
    .nullable()
    .default(null),
  moderators: id(),
  members: id(),
  interventions: list(oneOf(['whisper', 'barge', 'takeOver'], 'intervention')).default([]),
  /** No default: a person has to decide who may be listened to without being told. */
  notice: object({ member: notice, other: notice }),
  stereo: flag().default(false),
  encryptedCalls: oneOf(encryptedListening, 'encryptedCalls').default('protectedLine'),
  admission: flag().default(false),
  windows: list(window).default([]),
  quota: whole(1, 100_000, 'quota').nullable().default(null),
});

/** What programs elsewhere are told while it happens. */
export const webhookEvents = ['calls', 'monitors'] as const;

/** A program elsewhere that is told. */
export const webhookSchema = object({
  id: id(),
  url: z.string({ error: because('webhookUrl') }).refine(isReceiverUrl, { error: because('webhookUrl') }),
  /** Whether it is on the network, or a program on the box itself. */
  place: oneOf(['network', 'box'], 'webhookPlace').default('network'),
  events: list(oneOf(webhookEvents, 'webhookEvent')).min(1, { error: because('webhookEvent') }),
  enabled: flag().default(true),
  /** What its messages are signed with: 24 to 64 bytes. */
  secret: matching(/^whsec_(?:[A-Za-z0-9+/]{4}){8,21}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/, 'webhookSecret'),
});

/** Where a vendor says what is new: what everybody gets, and what is tried before that. */
export const updateChannels = ['stable', 'beta'] as const;

/** Each may have half a megabyte waiting for it. */
const mostWebhooks = 16;

/** Four for each extension of the largest box. */
const mostPhones = 1000;

export const settingsSchema = object({
  version: z.literal(currentVersion, { error: because('version') }),
  language: language(),
  country: oneOf(countries, 'country'),
  sip: sip.prefault({}),
  ringSeconds: whole(5, 180, 'ringSeconds').default(30),
  extensions: list(extensionSchema).default([]),
  analogPhones: list(analogPhone).default([]),
  /** Those that fetch their configuration from the box. */
  phones: list(phoneSchema)
    .max(mostPhones, { error: because('phones') })
    .default([]),
  provisioning: object({
    /** Whether phones get their configuration, in which are passwords, over plain HTTP too. */
    inClear: flag().default(false),
  }).prefault({}),
  groups: list(group).default([]),
  trunks: list(trunk).default([]),
  profiles: list(profile).default([]),
  exclusions: object({
    extensions: list(extensionNumber()).default([]),
    numbers: list(matching(/^\+?\d{3,20}$/, 'excludedNumber')).default([]),
  }).prefault({}),
  webhooks: list(webhookSchema)
    .max(mostWebhooks, { error: because('webhooks') })
    .default([]),
  limits: object({
    perCall: whole(1, 16, 'perCall').default(4),
    total: whole(1, 330, 'total').default(100),
  }).prefault({}),
  /** For how long a short press of the button keeps monitoring closed, in minutes; null leaves it to the board. */
  privacyMinutes: whole(1, 1440, 'privacyMinutes').nullable().default(null),
  log: object({ level: oneOf(logLevels, 'logLevel').default('info') }).prefault({}),
  /** Where the log is sent, too, as syslog over TLS; null for nowhere. */
  remoteLog: object({
    host: host(),
    port: port().default(6514),
    /** Null: the certificate of the server is one that is trusted everywhere. */
    authorities: authorities().nullable().default(null),
    /** The least severe that is sent, of what is logged at all. */
    level: oneOf(logLevels, 'logLevel').default('info'),
  })
    .nullable()
    .default(null),
  /** Where browsers and programs reach the box; null where they do not. */
  web: object({
    address: ipv4Address().default('0.0.0.0'),
    port: port().default(8443),
    /** With the certificate of the box. Only what never leaves this machine can do without. */
    encrypted: flag().default(true),
    /** From where plain HTTP is redirected; null for nowhere. */
    plainPort: port().nullable().default(null),
    /** What the box is called besides its host name: requests by other names are refused. */
    names: list(host())
      .max(mostNames, { error: because('webNames') })
      .default([]),
  })
    .nullable()
    .default(null),
  /** Where the box looks for newer versions of its system; null where it does not. */
  updateChannel: object({
    /** Of a folder on a web server. */
    address: z.string({ error: because('updateAddress') }).refine(isUpdateFolder, { error: because('updateAddress') }),
    channel: oneOf(updateChannels, 'updateChannel').default('stable'),
  })
    .nullable()
    .default(null),
});
