import { z } from 'zod';
import { randomPassword, randomPhoneSecret, randomWebhookSecret } from '../../store/settings/first-settings.js';
import { phoneSchema } from '../../store/settings/phone-schema.js';
import {
  addressTrunkSchema,
  analogTrunkSchema,
  extensionSchema,
  registeringTrunkSchema,
  type Settings,
  sentTrunkTls,
  settingsSchema,
  shownTrunkTls,
  webhookSchema,
} from '../../store/settings/settings-schema.js';
import { type Role, secret } from '../operation.js';
import {
  extensionWithSecrets,
  phoneWithSecrets,
  type SentEntry,
  trunkWithSecrets,
  webhookWithSecrets,
} from './kept-secrets.js';

/** A list of the settings whose entries are seen and changed one by one. */
export interface SettingsList {
  readonly list: 'extensions' | 'groups' | 'profiles' | 'trunks' | 'analogPhones' | 'webhooks' | 'phones';
  /** Its name in operations and their addresses. */
  readonly noun: 'extensions' | 'groups' | 'profiles' | 'trunks' | 'analog-phones' | 'webhooks' | 'phones';
  /** The field that identifies an entry. */
  readonly key: string;
  readonly keySchema: z.ZodType<string>;
  /** The other fields, as they are sent in. */
  readonly fields: z.ZodRawShape;
  /** Fields that only a new entry can have. */
  readonly fixed?: readonly string[];
  /** An entry as it is shown, without its secrets. */
  readonly shown: z.ZodType;
  /** The secret that the box can make; it is shown only this once. */
  readonly makes?: 'password' | 'secret';
  /** Who may see them; an admin always may. */
  readonly readers: readonly Role[];
  /** The entry as the settings have it, with what it keeps of the one before. */
  settled(before: SentEntry | undefined, sent: SentEntry): SentEntry;
  /** The settings without those mentions of the entry that can be dropped without asking. */
  withoutMentions?(settings: Settings, key: string): Settings;
}

const asSent = (_before: SentEntry | undefined, sent: SentEntry): SentEntry => sent;

const password = secret(z.string().max(128)).optional();
const canBeMade = (generated: string) =>
  password.meta({ description: `"${generated}" lets the box make one, which is shown once.`, 'x-made': generated });

/** A schema without its defaults. */
export function withoutDefault(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
}

type WithoutDefault<Schema> =
  Schema extends z.ZodDefault<infer Bare> ? Bare : Schema extends z.ZodPrefault<infer Bare> ? Bare : Schema;
type Optional<Shape> = {
  [Name in keyof Shape]: WithoutDefault<Shape[Name]> extends infer Bare extends z.core.SomeType
    ? z.ZodOptional<Bare>
    : never;
};

const optional = <Shape extends z.ZodRawShape>(shape: Shape): Optional<Shape> =>
  Object.fromEntries(
    Object.entries(shape).map(([name, schema]) => [name, z.optional(withoutDefault(schema))]),
  ) as z.ZodRawShape as Optional<Shape>;

/** A secret that the box is to make. */
export const generate = 'generate';

const { number, pin: _pin, password: _password, ...ofExtension } = extensionSchema.shape;

const extensions = {
  list: 'extensions',
  noun: 'extensions',
  key: 'number',
  keySchema: number,
  fields: { ...ofExtension, password: canBeMade(generate) },
  shown: extensionSchema.omit({ password: true, pin: true }),
  makes: 'password',
  readers: ['read', 'council'],
  settled: (before, sent) =>
    extensionWithSecrets(before, sent.password === generate ? { ...sent, password: randomPassword() } : sent),
  withoutMentions: (settings, key) => ({
    ...settings,
    groups: settings.groups.map((group) => ({ ...group, members: group.members.filter((member) => member !== key) })),
    exclusions: {
      ...settings.exclusions,
      extensions: settings.exclusions.extensions.filter((excluded) => excluded !== key),
    },
    phones: settings.phones.map((phone) => ({
      ...phone,
      buttons: phone.buttons.filter((button) => button.kind !== 'blf' || button.extension !== key),
    })),
  }),
} as const satisfies SettingsList;

const group = settingsSchema.shape.groups.unwrap().element;
const { id: groupId, ...ofGroup } = group.shape;
const groups = {
  list: 'groups',
  noun: 'groups',
  key: 'id',
  keySchema: groupId,
  fields: ofGroup,
  shown: group,
  readers: ['read', 'council'],
  settled: asSent,
} as const satisfies SettingsList;

const profile = settingsSchema.shape.profiles.unwrap().element;
const { id: profileId, ...ofProfile } = profile.shape;
const profiles = {
  list: 'profiles',
  noun: 'profiles',
  key: 'id',
  keySchema: profileId,
  fields: ofProfile,
  shown: profile,
  readers: ['read', 'council'],
  settled: asSent,
} as const satisfies SettingsList;

const { id: trunkId, kind: _kind, name, prefix, inbound, ...ofRegistering } = registeringTrunkSchema.shape;
const shownTls = { tls: shownTrunkTls.optional() };
const sentTls = { tls: sentTrunkTls.extend({ clientKey: secret(sentTrunkTls.shape.clientKey) }) };
const trunks = {
  list: 'trunks',
  noun: 'trunks',
  key: 'id',
  keySchema: trunkId,
  // Which fields belong to which kind is checked with the settings as a whole.
  fields: {
    kind: z.enum(['registering', 'address', 'analog']),
    name,
    prefix,
    inbound,
    ...optional({ ...ofRegistering, ...sentTls, ...addressTrunkSchema.pick({ addresses: true }).shape, password }),
    ...optional(analogTrunkSchema.pick({ fxo: true }).shape),
  },
  fixed: ['kind'],
  shown: z.discriminatedUnion('kind', [
    registeringTrunkSchema.omit({ password: true }).extend(shownTls),
    addressTrunkSchema.extend(shownTls),
    analogTrunkSchema,
  ]),
  readers: ['read'],
  settled: trunkWithSecrets,
} as const satisfies SettingsList;

const analogPhone = settingsSchema.shape.analogPhones.unwrap().element;
const { fxs, ...ofAnalogPhone } = analogPhone.shape;
const analogPhones = {
  list: 'analogPhones',
  noun: 'analog-phones',
  key: 'fxs',
  keySchema: fxs,
  fields: ofAnalogPhone,
  shown: analogPhone,
  readers: ['read'],
  settled: asSent,
} as const satisfies SettingsList;

const { id: webhookId, secret: _secret, ...ofWebhook } = webhookSchema.shape;
const webhooks = {
  list: 'webhooks',
  noun: 'webhooks',
  key: 'id',
  keySchema: webhookId,
  fields: { ...ofWebhook, secret: canBeMade(generate) },
  shown: webhookSchema.omit({ secret: true }),
  makes: 'secret',
  // The address of a program may be a secret between it and the box.
  readers: ['admin'],
  settled(before, sent) {
    const { secret = before?.secret ?? generate } = sent;
    return webhookWithSecrets(before, { ...sent, secret: secret === generate ? randomWebhookSecret() : secret });
  },
} as const satisfies SettingsList;

const { id: phoneId, secret: _phoneSecret, ...ofPhone } = phoneSchema.shape;
const phones = {
  list: 'phones',
  noun: 'phones',
  key: 'id',
  keySchema: phoneId,
  fields: { ...ofPhone, secret: canBeMade(generate) },
  shown: phoneSchema.omit({ secret: true }),
  makes: 'secret',
  readers: ['read'],
  /** A new phone gets a secret; one that was revoked stays so until another is asked for. */
  settled(before, sent) {
    const { secret } = phoneWithSecrets(before, before ? sent : { secret: generate, ...sent });
    return { ...sent, secret: secret === generate ? randomPhoneSecret() : secret };
  },
} as const satisfies SettingsList;

export const settingsLists = { extensions, groups, profiles, trunks, analogPhones, webhooks, phones } as const;

type Changeable<List extends SettingsList> = Optional<
  Omit<List['fields'], List extends { readonly fixed: readonly (infer Fixed)[] } ? Fixed & string : never>
>;

/** The fields of an entry, of which some may be left out. */
export const changeableFields = <List extends SettingsList>({ fields, fixed = [] }: List): Changeable<List> =>
  optional(
    Object.fromEntries(Object.entries(fields).filter(([field]) => !fixed.includes(field))),
  ) as z.ZodRawShape as Changeable<List>;
