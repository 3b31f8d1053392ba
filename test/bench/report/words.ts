import type { Codecs } from '../load/office.js';
import type { Path } from '../measure/clicks.js';
import type { LoadPoint, LoadResult } from '../measure/load.js';
import type { WindowResult } from '../measure/window.js';
import { roles } from '../roles.js';

/** Few digits, as many as a figure deserves: three that matter. */
export function figure(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return '-';
  const size = Math.abs(value);
  return value.toFixed(size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : 2);
}

/** Percentages of packets: a single one in a hundred thousand is to be seen. */
export function percent(value: number): string {
  return value === 0 ? '0' : value.toFixed(3);
}

export function describeLoad(result: LoadResult): string {
  const { lost, late } = worstQuality(result);
  const moderator = result.delays.toModerator?.packet.p50;
  return [
    `${describePoint(result.point)}: ${figure(result.cpuSecondsPerCallMinute)} CPU s per call-minute`,
    `lost ${percent(lost)} %, late ${percent(late)} %`,
    `delay ${figure(result.delays.parties?.packet.p50)} ms`,
    ...(moderator === undefined ? [] : [`to the listener ${figure(moderator)} ms`]),
    ...result.misheard.map((complaint) => `WRONG: ${complaint}`),
    ...result.disturbances.map((disturbance) => `disturbed: ${disturbance}`),
  ].join('; ');
}

export function describePoint({ calls, mode, moderatorsPerCall, codecs }: LoadPoint): string {
  const crowd = moderatorsPerCall > 1 ? ` by ${moderatorsPerCall}` : '';
  return `${calls} calls, ${mode}${crowd}, ${describeCodecs(codecs)}`;
}

export function describeCodecs({ member, customer }: Codecs): string {
  return member === customer ? member : `${member}/${customer}`;
}

/** Of the role that fares worst. */
export function worstQuality({ quality }: WindowResult): { lost: number; late: number } {
  const all = roles.flatMap((role) => quality[role] ?? []);
  return {
    lost: Math.max(0, ...all.map(({ lostPercent }) => lostPercent)),
    late: Math.max(0, ...all.map(({ latePercent }) => latePercent)),
  };
}

export function delayText({ delays }: WindowResult, path: Path): string {
  const delay = delays[path]?.packet;
  return delay ? `${figure(delay.p50)} / ${figure(delay.p95)}` : '-';
}
