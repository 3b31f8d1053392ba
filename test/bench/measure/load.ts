import { setTimeout as pause } from 'node:timers/promises';
import type { Codecs, Office, OfficeCall } from '../load/office.js';
import { quietDbfs, toneDbfs, tones } from '../load/voices.js';
import { type Mode, type Role, roles } from '../roles.js';
import {
  type LoadedCall,
  measureUndisturbed,
  measureWindow,
  type Rig,
  streamsOf,
  type WindowResult,
} from './window.js';

/** A load to be measured. */
export interface LoadPoint {
  readonly calls: number;
  readonly mode: Mode;
  /** Moderators in each call; 0 when the mode is plain. */
  readonly moderatorsPerCall: number;
  readonly codecs: Codecs;
}

export interface LoadResult extends WindowResult {
  readonly point: LoadPoint;
}

/** Every moderator of a call is another session, and its delay another one: so several calls are probed. */
const mostProbes = 8;
/** Spoken confirmations are over by then, and jitter buffers have settled. */
const settleMs = 4000;
const attempts = 2;

/** Sets up the calls, measures them, and ends them. */
export async function measureLoad(rig: Rig, office: Office, point: LoadPoint, seconds: number): Promise<LoadResult> {
  await establish(office, point);
  await pause(settleMs);
  const calls = speaking(office.calls);
  const result = await measureUndisturbed(attempts, () => measureWindow(rig, calls, point.mode, seconds));
  await office.shrinkTo(0);
  return { point, ...result };
}

async function establish(office: Office, { calls, mode, moderatorsPerCall, codecs }: LoadPoint): Promise<void> {
  await office.growTo(calls, codecs);
  if (mode === 'plain') return;
  for (let round = 0; round < moderatorsPerCall; round += 1) {
    await office.monitorAll(office.calls, mode, codecs.moderator);
  }
}

/** Lets everyone say their tone: loudly where tones are looked for, quietly where clicks are. */
export function speaking(calls: readonly OfficeCall[]): LoadedCall[] {
  const probes = Math.min(mostProbes, Math.ceil(calls.length / 2));
  const loaded = calls.map(({ member, customer, moderators }, index) => ({
    member: member.stream,
    customer: customer.stream,
    moderators: moderators.map(({ stream }) => stream),
    isProbe: index < probes,
  }));
  for (const call of loaded) for (const role of roles) sayTone(call, role);
  return loaded;
}

function sayTone(call: LoadedCall, role: Role): void {
  for (const stream of streamsOf(call, role)) stream.say(tones[role], call.isProbe ? quietDbfs : toneDbfs);
}
