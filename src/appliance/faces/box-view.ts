import { setTimeout as pause } from 'node:timers/promises';
import type { Restarting } from '../../admin/box-operations.js';
import { monitorsIn } from '../../admin/live/live-view.js';
import type { Fault, Looked, StateBox } from '../../admin/state-operations.js';
import { boxState } from '../../gateway/box-state.js';
import type { BoxClock } from '../../gateway/clock.js';
import { desiredLamps } from '../../gateway/desired.js';
import type { Gateway } from '../../gateway/gateway.js';
import { ownAddresses } from '../../identity/own-addresses.js';
import { text, textOf } from '../../locales/text.js';
import type { Language } from '../../primitives/language.js';
import type { AuditRecord } from '../../store/audit/audit.js';
import type { BoxUpdates } from '../box-updates.js';
import type { SettingsHealth } from '../settings-health.js';
import { type LeftOut, type Trouble, troubleAdvice } from '../troubles.js';
import { version } from '../version.js';
import { type DiskHealth, diskHealth, diskTroubles, unknownHealth } from './disk-health.js';

interface ViewedBox {
  /** Null while it is unknown. */
  hardwareId(): string | null;
  /** Path of the data folder. */
  readonly folder: string;
  readonly clock: BoxClock;
  readonly gateway: Pick<Gateway, 'world' | 'now'>;
  readonly audit: Pick<AuditRecord, 'findings'>;
  readonly health: Pick<SettingsHealth, 'state'>;
  readonly restart: Pick<Restarting, 'waiting'>;
  readonly updates: Pick<BoxUpdates, 'faults'>;
  /** Found at the start. */
  readonly troubles: readonly Trouble[];
  readonly leftOut: Pick<LeftOut, 'advice'>;
}

/** For a disk to say how it is: whoever asks how the box is wants to know the rest, too. */
const patienceMs = 1000;

/** How the box is, for whoever asks. */
export class BoxView implements StateBox {
  readonly #started = performance.now();
  #looking: Promise<DiskHealth> | null = null;

  constructor(private readonly box: ViewedBox) {}

  readonly state = (): ReturnType<StateBox['state']> => {
    const { hardwareId, clock, gateway, health, restart } = this.box;
    const { world, now } = gateway;
    const { time, state } = clock.wall;
    const targets = monitorsIn(world).map(({ stage }) => stage.monitor.target.kind);
    return {
      version,
      hardwareId: hardwareId(),
      uptimeSeconds: Math.floor((performance.now() - this.#started) / 1000),
      time: new Date(time).toISOString(),
      clock: state,
      addresses: [...ownAddresses()],
      lamps: desiredLamps(world, now),
      monitors: targets.filter((kind) => kind === 'call').length,
      asking: targets.filter((kind) => kind === 'asking').length,
      settings: health.state,
      closures: [...world.monitoring.closures],
      restart: restart.waiting,
      ...boxState(world, now),
    };
  };

  readonly looked = async (language: Language): Promise<Looked> => {
    const health = await Promise.race([this.#diskHealth(), pause(patienceMs, unknownHealth, { ref: false })]);
    return { disk: health.space, faults: this.#faults(health, language) };
  };

  /** One look at a time: each takes one of the few threads that ask the disk, for as long as it does not answer. */
  #diskHealth(): Promise<DiskHealth> {
    this.#looking ??= diskHealth(this.box.folder).finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  #faults(health: DiskHealth, language: Language): readonly Fault[] {
    return [
      ...this.#ofCountry(language),
      ...this.#ofSettings(language),
      ...this.#ofRecord(language),
      ...diskTroubles(health).map(({ code, advice }) => ({ code, text: textOf(language, advice) })),
      ...this.box.updates.faults(language),
      ...this.box.leftOut.advice(language).map((advice) => ({ code: 'leftOut', text: advice })),
    ];
  }

  #ofCountry(language: Language): readonly Fault[] {
    const { country } = this.box.gateway.world.switchboard.directory;
    return country === 'unknown' ? [{ code: 'countryUnknown', text: text(language, 'settings.countryUnknown') }] : [];
  }

  /** Those of the settings themselves are over once there are good ones again. */
  #ofSettings(language: Language): readonly Fault[] {
    const { troubles, health } = this.box;
    const isOver = ({ code }: Trouble) =>
      health.state === 'sound' && code.startsWith('settings') && code !== 'settingsNewer';
    return troubles
      .filter((trouble) => !isOver(trouble))
      .map((trouble) => ({ code: trouble.code, text: troubleAdvice(trouble, language) }));
  }

  #ofRecord(language: Language): readonly Fault[] {
    const { audit, gateway } = this.box;
    const isUnavailable = gateway.world.monitoring.closures.has('recordUnavailable');
    const isDamaged = audit.findings.some(({ type }) => type === 'recordDamaged');
    return [
      ...(isUnavailable ? [{ code: 'recordUnavailable', text: text(language, 'storage.recordUnavailable') }] : []),
      ...(isDamaged ? [{ code: 'recordDamaged', text: text(language, 'audit.notSound') }] : []),
    ];
  }
}
