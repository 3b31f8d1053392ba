import type { Lamps } from '../indication/lamps.js';
import type { BusyLamp, LampSubject } from '../primitives/busy-lamp.js';
import type { LegId, PlaybackId } from '../primitives/ids.js';
import type { Edge, Playback } from '../switchboard/audio.js';
import { edgeKey, soundsAlike } from '../switchboard/audio.js';
import type { DesiredLeg } from '../switchboard/leg-commands.js';
import type { Command } from './command.js';
import type { Desired } from './desired.js';
import { legCommands, withOrphansReleased } from './leg-difference.js';

/** The state that the commands given so far lead to. */
export interface Actual {
  readonly legs: ReadonlyMap<LegId, DesiredLeg>;
  readonly edges: ReadonlyMap<string, Edge>;
  readonly playbacks: ReadonlyMap<PlaybackId, Playback>;
  readonly pinChecks: ReadonlySet<string>;
  readonly probes: ReadonlySet<number>;
  /** What the lamps were last set to show; null at the start. */
  readonly lamps: Lamps | null;
  readonly busyLamps: ReadonlyMap<LampSubject, BusyLamp>;
}

export const nothing: Actual = {
  legs: new Map(),
  edges: new Map(),
  playbacks: new Map(),
  pinChecks: new Set(),
  probes: new Set(),
  lamps: null,
  busyLamps: new Map(),
};

export interface Plan {
  readonly commands: readonly Command[];
  /** The actual state once the commands are executed. */
  readonly actual: Actual;
}

/** The difference between the actual and the desired state. Removals come first, so that nobody hears too much. */
export function plan(actual: Actual, desired: Desired): Plan {
  const legs = withOrphansReleased(actual.legs, desired.legs);
  const edges = new Map(
    desired.edges.filter(({ from, to }) => legs.has(from) && legs.has(to)).map((edge) => [edgeKey(edge), edge]),
  );
  const playbacks = new Map(
    desired.playbacks.filter(({ leg }) => legs.has(leg)).map((playback) => [playback.id, playback]),
  );
  const pinChecks = new Map(desired.pinChecks.map((check) => [`${check.leg}/${check.check}`, check]));
  const { lamps, busyLamps, probes } = desired;
  const ofLegs = legCommands(actual.legs, legs);
  const commands: Command[] = [
    ...(isSameLamps(actual.lamps, lamps) ? [] : [{ kind: 'show', lamps } as const]),
    ...missingFrom(edges, actual.edges).map((edge) => ({ kind: 'disconnect', edge }) as const),
    ...missingFrom(playbacks, actual.playbacks).map(
      ({ leg, id }) => ({ kind: 'stopPlayback', leg, playback: id }) as const,
    ),
    // The line of one may be what another is to be dialled on.
    ...ofLegs.filter(({ kind }) => kind === 'release'),
    ...ofLegs.filter(({ kind }) => kind !== 'release'),
    ...missingFrom(actual.edges, edges).map((edge) => ({ kind: 'connect', edge }) as const),
    ...changedVolumes(actual.edges, edges),
    ...missingFrom(actual.playbacks, playbacks).map((playback) => ({ kind: 'play', playback }) as const),
    ...[...pinChecks].flatMap(([key, check]) =>
      actual.pinChecks.has(key) ? [] : [{ kind: 'checkPin', check } as const],
    ),
    ...probes.flatMap((probe) => (actual.probes.has(probe.probe) ? [] : [{ kind: 'probe', probe } as const])),
    ...changedLamps(actual.busyLamps, busyLamps),
  ];
  return {
    commands,
    actual: {
      legs,
      edges,
      playbacks,
      pinChecks: new Set(pinChecks.keys()),
      probes: new Set(probes.map(({ probe }) => probe)),
      lamps,
      busyLamps,
    },
  };
}

const isSameLamps = (before: Lamps | null, lamps: Lamps): boolean =>
  before?.monitor === lamps.monitor && before.status === lamps.status;

/** What has no lamp is idle. */
function changedLamps(
  before: ReadonlyMap<LampSubject, BusyLamp>,
  after: ReadonlyMap<LampSubject, BusyLamp>,
): readonly Command[] {
  const show = (subject: LampSubject, lamp: BusyLamp) => ({ kind: 'showBusy', subject, lamp }) as const;
  return [
    ...[...before.keys()].flatMap((subject) => (after.has(subject) ? [] : [show(subject, 'idle')])),
    ...[...after].flatMap(([subject, lamp]) => (before.get(subject) === lamp ? [] : [show(subject, lamp)])),
  ];
}

/** Entries of `other` that `map` lacks. */
function missingFrom<K, V>(map: ReadonlyMap<K, V>, other: ReadonlyMap<K, V>): readonly V[] {
  const missing: V[] = [];
  for (const [key, value] of other) if (!map.has(key)) missing.push(value);
  return missing;
}

function changedVolumes(before: ReadonlyMap<string, Edge>, after: ReadonlyMap<string, Edge>): readonly Command[] {
  return [...after].flatMap(([key, edge]) => {
    const known = before.get(key);
    return known === undefined || soundsAlike(known, edge) ? [] : [{ kind: 'setVolume', edge } as const];
  });
}

/** A new leg came in from outside. */
export function withLeg(actual: Actual, leg: LegId): Actual {
  return { ...actual, legs: new Map(actual.legs).set(leg, { kind: 'stay' }) };
}

/** A leg has ended, and everything attached to it. */
export function withoutLeg(actual: Actual, leg: LegId): Actual {
  return {
    ...actual,
    legs: new Map([...actual.legs].filter(([other]) => other !== leg)),
    edges: new Map([...actual.edges].filter(([, edge]) => edge.from !== leg && edge.to !== leg)),
    playbacks: new Map([...actual.playbacks].filter(([, playback]) => playback.leg !== leg)),
  };
}

/** A playback has ended by itself. */
export function withoutPlayback(actual: Actual, id: PlaybackId): Actual {
  return { ...actual, playbacks: new Map([...actual.playbacks].filter(([other]) => other !== id)) };
}
