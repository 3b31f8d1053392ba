import type { CallerIdentity } from './caller-identity.js';
import type { Diversion } from './diversion.js';
import type { Encryption } from './encryption.js';

/** Providers and telephone systems of which the box knows how a trunk to them is set. */
export const providers = [
  'telekom',
  'telekom-trunk',
  'telekom-companyflex',
  'sipgate',
  'sipgate-trunking',
  '1und1',
  'easybell',
  'vodafone',
  'fritzbox',
  'asterisk',
  'freeswitch',
  '3cx',
  'modcall',
] as const;
export type Provider = (typeof providers)[number];

/** How a SIP trunk is connected. */
export const sipTrunkWays = ['registering', 'address'] as const;

/** What is the same for all customers of a provider; what nobody has made known is as it is in every trunk. */
export interface ProviderTemplate {
  readonly ways: readonly (typeof sipTrunkWays)[number][];
  /** Null where each customer has another one. */
  readonly host: string | null;
  /** Null for the usual one of the transport. */
  readonly port: number | null;
  readonly transport: 'udp' | 'tcp' | 'tls';
  readonly identity: CallerIdentity;
  readonly diversion: Diversion;
  readonly encryption: Encryption;
}

const usual: ProviderTemplate = {
  ways: ['registering'],
  host: null,
  port: null,
  transport: 'udp',
  identity: 'from',
  diversion: 'none',
  encryption: 'off',
};

/** Where the box registers as a telephone of theirs, and calls as one: by its account. */
const telephone: ProviderTemplate = { ...usual, identity: 'preferred' };

/** Another telephone system, of the same house: it can know the box by its address, too. */
const system: ProviderTemplate = { ...usual, ways: sipTrunkWays };

export const providerTemplates: Readonly<Record<Provider, ProviderTemplate>> = {
  telekom: { ...usual, host: 'tel.t-online.de' },
  'telekom-trunk': { ...usual, host: 'reg.sip-trunk.telekom.de', transport: 'tcp' },
  'telekom-companyflex': { ...usual, host: 'tel.t-online.de', transport: 'tcp' },
  sipgate: { ...telephone, host: 'sipgate.de' },
  'sipgate-trunking': { ...usual, host: 'sipconnect.sipgate.de', identity: 'preferred', diversion: 'diversion' },
  '1und1': { ...usual, host: 'sip.1und1.de' },
  easybell: { ...usual, host: 'voip.easybell.de' },
  vodafone: usual,
  fritzbox: { ...telephone, host: 'fritz.box' },
  asterisk: { ...system, identity: 'asserted', diversion: 'diversion' },
  freeswitch: { ...system, identity: 'asserted' },
  '3cx': system,
  modcall: { ...system, identity: 'asserted' },
};
