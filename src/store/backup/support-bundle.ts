import { open } from 'node:fs/promises';
import { dataFile } from '../files/data-folder.js';
import { hasCode } from '../files/durable-file.js';
import type { Settings } from '../settings/settings-schema.js';

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

export interface SupportBundle {
  readonly facts: SupportFacts;
  readonly settings: ReturnType<typeof shownSettings>;
  /** The latest lines. */
  readonly log: readonly string[];
}

const longestLog = 1024 * 1024;
const oneTimeCode = /\b\d{4}-\d{4}\b/g;

/**
 * What whoever helps from afar gets to see, as plain data that can be read before it leaves the box. It is made of what is named here and
 * of nothing else: no passwords, PINs or keys, no names of people, and no numbers from outside, whatever the settings will have one day.
 */
export async function supportBundle(folder: string, settings: Settings, facts: SupportFacts): Promise<SupportBundle> {
  const { modcall, hardwareId, board, node, kernel, uptimeSeconds, memoryBytes, created, troubles } = facts;
  const shown = { modcall, hardwareId, board, node, kernel, uptimeSeconds, memoryBytes, created, troubles };
  return { facts: shown, settings: shownSettings(settings), log: await latestLines(dataFile(folder, 'log')) };
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
      language: each.language ?? null,
    })),
    analogPhones: settings.analogPhones.map(({ fxs, extension, onLift }) => ({ fxs, extension, onLift: onLift.kind })),
    groups: settings.groups.map(({ id, number, members }) => ({ id, number, members: members.length })),
    trunks: settings.trunks.map(shownTrunk),
    profiles: settings.profiles.map((profile) => ({
      id: profile.id,
      enabled: profile.enabled,
      service: profile.service,
      hasExternal: profile.external !== null,
      interventions: profile.interventions,
      notice: { member: profile.notice.member.kind, other: profile.notice.other.kind },
      stereo: profile.stereo,
      windows: profile.windows.length,
      quota: profile.quota,
    })),
    exclusions: { extensions: settings.exclusions.extensions.length, numbers: settings.exclusions.numbers.length },
  };
}

function shownTrunk(trunk: Settings['trunks'][number]) {
  const { id, kind, prefix } = trunk;
  if (trunk.kind === 'analog') return { id, kind, prefix, fxo: trunk.fxo };
  const { host, port, transport, callerId, trusted } = trunk;
  return { id, kind, prefix, host, port, transport, hasCallerId: callerId !== null, trusted };
}

/** Whole lines from the end of the log; one-time codes, which stand there for whoever is at the box, are blotted out. */
async function latestLines(path: string): Promise<readonly string[]> {
  const text = await endOf(path);
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => (line.includes('one-time code') ? line.replace(oneTimeCode, '****-****') : line));
}

async function endOf(path: string): Promise<string> {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const start = Math.max(0, size - longestLog);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, longestLog)), 0, undefined, start);
      const text = buffer.subarray(0, bytesRead).toString('utf8');
      return start === 0 ? text : text.slice(text.indexOf('\n') + 1);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  }
}
