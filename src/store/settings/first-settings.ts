import { randomBytes, randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Country } from '../../primitives/country.js';
import { extensionNumber } from '../../primitives/ids.js';
import type { Language } from '../../primitives/language.js';
import { isSimple } from '../../primitives/pin-rules.js';
import { dataFile } from '../files/data-folder.js';
import { readIfThere } from '../files/durable-file.js';
import { hashPin, openPins } from './pins.js';
import { toPinHashes } from './settings-rules.js';
import { currentVersion, type Settings, settingsSchema } from './settings-schema.js';

/** What a newcomer needs to know to try it out; kept in clear, readable by the owner only, until the admin has settings of their own. */
export interface DemoNotes {
  readonly moderator: string;
  readonly pin: string;
  /** By extension. */
  readonly passwords: Readonly<Record<string, string>>;
  /** For the page in the browser. */
  readonly logins: readonly DemoLogin[];
}

export interface DemoLogin {
  readonly name: string;
  readonly password: string;
  readonly role: 'admin' | 'moderator' | 'member';
  readonly extension: string | null;
}

const notesSchema = z.strictObject({
  moderator: z.string(),
  pin: z.string(),
  passwords: z.record(z.string(), z.string()),
  logins: z
    .array(
      z.strictObject({
        name: z.string(),
        password: z.string(),
        role: z.enum(['admin', 'moderator', 'member']),
        extension: z.string().nullable(),
      }),
    )
    // Notes of a Modcall without the page have none.
    .default([]),
});

/**
 * The notes of the demonstration, as far as they still fit the settings: nothing that the admin chose is ever among them.
 * @returns null when there are none, they cannot be read, or the PIN is another one now.
 */
export async function readDemoNotes(folder: string, settings: Settings): Promise<DemoNotes | null> {
  const text = await readIfThere(dataFile(folder, 'demo')).catch(() => null);
  const notes = text === null ? undefined : notesSchema.safeParse(parsed(text)).data;
  if (!notes) return null;
  const owner = await openPins(toPinHashes(settings)).identify(notes.pin);
  if (owner !== notes.moderator) return null;
  const unchanged = settings.extensions.filter(({ number, password }) => notes.passwords[number] === password);
  return { ...notes, passwords: Object.fromEntries(unchanged.map(({ number, password }) => [number, password])) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const moderator = '100';
const members = { 101: 'Anna', 102: 'Ben', 103: 'Clara' };

/** Names in the language of the first start. */
export type FirstNames = Readonly<Record<'leads' | 'support' | 'moderator' | 'handset' | 'phone' | 'line', string>>;

const service = '*55';
/** Extensions of the analog telephones, from this number on. */
export const firstAnalog = 120;
export const linePrefix = '0';
const demoWebPort = 8080;

/** The analog ports of the board that the settings are for. */
export interface BoardPorts {
  readonly lines: readonly { readonly port: string; readonly kind: 'fxs' | 'fxo' }[];
  /** Port of the moderator's handset; null if the board has none. */
  readonly handset: string | null;
}

/** What settings are made from if there are none. */
export interface FirstStart {
  readonly language: Language;
  /** Of a demonstration; for a box in use a person chooses it. */
  readonly country: Country;
  readonly board: BoardPorts;
  readonly names: FirstNames;
  /** Whether everything is set up for a demonstration. */
  readonly isDemo: boolean;
}

interface FirstSettings {
  readonly settings: Settings;
  /** Null where there is nothing to try out yet. */
  readonly notes: DemoNotes | null;
}

/** Settings to begin with. */
export async function firstSettings(first: FirstStart): Promise<FirstSettings> {
  return first.isDemo ? demoSettings(first) : { settings: bareSettings(first), notes: null };
}

/**
 * Settings that somebody goes on from on the page: nobody can listen, there are no phones but those at the box itself, and exchange lines
 * ring the first of them.
 */
function bareSettings({ language, board, names }: FirstStart): Settings {
  const analog = analogPhones(board, names, { kind: 'dialTone' });
  const [first] = analog;
  return settingsSchema.parse({
    version: currentVersion,
    language,
    country: 'unknown',
    ...settingsOf(analog),
    trunks: first ? exchangeLines(board, names, { extension: first.number }) : [],
    web: {},
  });
}

/**
 * Settings of a demonstration: three members who have agreed to be listened to, a moderator, and a profile that allows everything. Both parties
 * are told: the member by a tone, the other party by an announcement. In many countries listening in without the knowledge of both is a
 * crime, so telling them less is a decision for the admin, who knows the local law. The board's handset asks for the PIN when it is lifted;
 * other telephones are ordinary ones, and exchange lines ring the members. The page is for browsers on the same computer, which need no
 * certificate.
 */
async function demoSettings({ language, country, board, names }: FirstStart): Promise<FirstSettings> {
  const pin = randomPin();
  const hashed = await hashPin(pin, extensionNumber(moderator), new Map());
  if (!hashed.ok) throw new Error(`the generated PIN was refused: ${hashed.fault}`);
  const passwords = Object.fromEntries(
    [moderator, ...Object.keys(members)].map((number) => [number, randomPassword()]),
  );
  const analog = analogPhones(board, names, { kind: 'call', number: service });
  const ofAnalog = settingsOf(analog);
  const settings = settingsSchema.parse({
    version: currentVersion,
    language,
    country,
    extensions: [
      {
        number: moderator,
        name: names.moderator,
        password: passwords[moderator],
        // For any softphone: some, such as Debian's baresip, give up if SHA-256 is offered beside MD5.
        digest: ['MD5'],
        pin: hashed.hash,
      },
      ...Object.entries(members).map(([number, name]) => ({
        number,
        name,
        password: passwords[number],
        consents: true,
      })),
      ...ofAnalog.extensions,
    ],
    analogPhones: ofAnalog.analogPhones,
    groups: [
      { id: 'leads', name: names.leads, members: [moderator] },
      { id: 'support', name: names.support, number: '200', members: Object.keys(members) },
    ],
    trunks: exchangeLines(board, names, { group: 'support' }),
    profiles: [
      {
        id: 'support',
        name: names.support,
        service,
        moderators: 'leads',
        members: 'support',
        interventions: ['whisper', 'barge', 'takeOver'],
        notice: { member: { kind: 'toneAtStart' }, other: { kind: 'announcement' } },
      },
    ],
    web: { address: '127.0.0.1', port: demoWebPort, encrypted: false },
  });
  return { settings, notes: { moderator, pin, passwords, logins: demoLogins() } };
}

const demoLogins = (): readonly DemoLogin[] =>
  (
    [
      { name: 'admin', role: 'admin', extension: null },
      { name: 'moderator', role: 'moderator', extension: moderator },
      { name: members[101].toLowerCase(), role: 'member', extension: '101' },
    ] as const
  ).map((login) => ({ ...login, password: randomPassword() }));

/** The telephones at the box, as the settings have them. */
const settingsOf = (analog: ReturnType<typeof analogPhones>) => ({
  extensions: analog.map(({ number, name }) => ({ number, name, password: randomPassword() })),
  analogPhones: analog.map(({ number, fxs, onLift }) => ({ fxs, extension: number, onLift })),
});

const exchangeLines = ({ lines }: BoardPorts, names: FirstNames, inbound: object) =>
  lines
    .filter(({ kind }) => kind === 'fxo')
    .map(({ port }, index) => ({
      kind: 'analog',
      id: port,
      name: numbered(names.line, index),
      fxo: port,
      prefix: linePrefix,
      inbound,
    }));

/** @param onLift What lifting the handset of the board does. */
function analogPhones({ lines, handset }: BoardPorts, { handset: handsetName, phone }: FirstNames, onLift: object) {
  const others = lines.filter(({ kind, port }) => kind === 'fxs' && port !== handset);
  const first = handset === null ? [] : [{ fxs: handset, name: handsetName, onLift }];
  const rest = others.map(({ port }, index) => ({
    fxs: port,
    name: numbered(phone, index),
    onLift: { kind: 'dialTone' },
  }));
  return [...first, ...rest].map((entry, index) => ({ ...entry, number: String(firstAnalog + index) }));
}

const numbered = (name: string, index: number): string => `${name} ${index + 1}`;

/** Without characters that look alike in any font: 0 O, 1 l I, 2 Z, 5 S, 8 B. */
const legible = 'abcdefghijkmnopqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679';
const passwordLength = 16;
const pinLength = 6;

/** As Standard Webhooks write a key. */
export const randomWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

/** Part of the address by which a phone fetches its configuration. */
export const randomPhoneSecret = (): string => randomBytes(32).toString('base64url');

export function randomPassword(): string {
  return Array.from({ length: passwordLength }, () => legible.charAt(randomInt(legible.length))).join('');
}

function randomPin(): string {
  const pin = String(randomInt(10 ** pinLength)).padStart(pinLength, '0');
  return isSimple(pin) ? randomPin() : pin;
}
