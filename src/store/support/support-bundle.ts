import { dataFile } from '../files/data-folder.js';
import type { Settings } from '../settings/settings-schema.js';
import { logForSupport, type Numbers } from './log-for-support.js';

/** What the box says about itself besides its settings and its log. */
export interface SupportFacts {
  readonly modcall: string;
  readonly hardwareId: string | null;
  readonly board: string;
  readonly node: string;
  readonly kernel: string;
  readonly uptimeSeconds: number;
  readonly memoryBytes: number;
  /** ISO 8601, UTC. */
  readonly created: string;
  /** Codes of what is wrong with the box. */
  readonly troubles: readonly string[];
}

/** How the box is at this moment: figures and names of its own parts. */
export interface SupportState {
  readonly state: Readonly<Record<string, string | number | boolean | null>>;
  /** How many phones are registered for an extension, and how many of them do not respond. */
  readonly registrations: readonly {
    readonly extension: string;
    readonly phones: number;
    readonly unresponsive: number;
  }[];
  readonly trunks: readonly { readonly id: string; readonly isUp: boolean }[];
  /** The board file in use. */
  readonly board: unknown;
}

/** Each part can be looked at by itself before any of them leaves the box. */
export const supportParts = ['facts', 'state', 'registrations', 'trunks', 'board', 'settings', 'log'] as const;
export type SupportPart = (typeof supportParts)[number];
export type SupportBundle = Readonly<Record<SupportPart, unknown>> & { readonly log: readonly string[] };

/**
 * What whoever helps from afar gets to see, as plain data that can be read before it leaves the box. It is made of what is named here and
 * of nothing else: no passwords, PINs or keys, no names of people, and no numbers from outside, whatever the settings will have one day.
 */
export async function supportBundle(
  folder: string,
  settings: Settings,
  facts: SupportFacts,
  { state, registrations, trunks, board }: SupportState,
  numbers: Numbers,
): Promise<SupportBundle> {
  const { modcall, hardwareId, board: name, node, kernel, uptimeSeconds, memoryBytes, created, troubles } = facts;
  return {
    facts: { modcall, hardwareId, board: name, node, kernel, uptimeSeconds, memoryBytes, created, troubles },
    state,
    registrations: registrations.map(({ extension, phones, unresponsive }) => ({ extension, phones, unresponsive })),
    trunks: trunks.map(({ id, isUp }) => ({ id, isUp })),
    board,
    settings: shownSettings(settings),
    log: await logForSupport(dataFile(folder, 'log'), settings, numbers),
  };
}

function shownSettings(settings: Settings) {
  const { version, language, country, sip, ringSeconds, limits, privacyMinutes, log } = settings;
  const { address, port, transports, digest, publicAddress } = sip;
  return {
    version,
    language,
    country,
    sip: { address, port, transports, digest, hasPublicAddress: publicAddress !== undefined },
    ringSeconds,
    limits: { perCall: limits.perCall, total: limits.total },
    privacyMinutes,
    log: { level: log.level },
    extensions: settings.extensions.map((each) => ({
      number: each.number,
      hasPin: each.pin !== null,
      digest: each.digest ?? null,
      encryption: each.encryption,
      language: each.language ?? null,
    })),
    analogPhones: settings.analogPhones.map(({ fxs, extension, onLift }) => ({ fxs, extension, onLift: onLift.kind })),
    phones: settings.phones.map((phone) => ({
      model: phone.model,
      extensions: phone.extensions,
      onLift: phone.onLift.kind,
      buttons: phone.buttons.map(({ kind }) => kind),
      isRevoked: phone.secret === null,
    })),
    provisioning: { inClear: settings.provisioning.inClear },
    groups: settings.groups.map(({ id, number, members, strategy, overflow }) => ({
      ...{ id, number, members: members.length, strategy, overflows: overflow !== null },
    })),
    trunks: settings.trunks.map(shownTrunk),
    webhooks: settings.webhooks.map(({ id, enabled, events, place }) => ({ id, enabled, events, place })),
    profiles: settings.profiles.map((profile) => ({
      id: profile.id,
      enabled: profile.enabled,
      service: profile.service,
      hasExternal: profile.external !== null,
      interventions: profile.interventions,
      notice: { member: profile.notice.member.kind, other: profile.notice.other.kind },
      stereo: profile.stereo,
      encryptedCalls: profile.encryptedCalls,
      admission: profile.admission,
      windows: profile.windows.length,
      quota: profile.quota,
    })),
    exclusions: { extensions: settings.exclusions.extensions.length, numbers: settings.exclusions.numbers.length },
  };
}

function shownTrunk(trunk: Settings['trunks'][number]) {
  const { id, kind, prefix } = trunk;
  if (trunk.kind === 'analog') return { id, kind, prefix, fxo: trunk.fxo };
  const { host, port, transport, callerId, trusted, identity, diversion, encryption, numbers } = trunk;
  return {
    id,
    kind,
    prefix,
    host,
    port,
    transport,
    hasCallerId: callerId !== null,
    trusted,
    identity,
    diversion,
    encryption,
    numbers: numbers.length,
    ...(trunk.kind === 'registering' ? shownRegistration(trunk) : {}),
  };
}

const shownRegistration = ({
  authName,
  proxy,
  proxyPort,
}: Extract<Settings['trunks'][number], { kind: 'registering' }>) => ({
  hasAuthName: authName !== null,
  proxy,
  proxyPort,
});
