import type { DemoPair } from '../admin/set-up/demo-pair.js';
import type { DemoCall } from '../admin/set-up/set-up-operations.js';
import type { DemoPhonesOrder } from '../demo/demo-phones.js';
import type { EngineAddress } from '../engine/engine.js';
import type { Message } from '../locales/codes.js';
import type { Log } from '../log/log.js';
import type { UnixTime } from '../primitives/time.js';
import { AdminError } from '../store/admin-error.js';
import { inTime } from '../store/in-time.js';
import { InTurn } from '../store/in-turn.js';
import type { DemoNotes } from '../store/settings/first-settings.js';
import type { SettingsInUse } from '../store/settings/settings-in-use.js';
import type { Settings } from '../store/settings/settings-schema.js';
import { installation } from './installation.js';
import { OwnProcess } from './own-process.js';
import { Supervised } from './supervised.js';

/** Longer than they take on a busy machine, and as long as somebody waits for the page. */
const patienceMs = 8000;
/** What takes longer hangs. */
const longestMs = 60_000;
/** After that nobody is interested any more, and their extensions are free again. */
const untilTheyGoMs = 900_000;

/** @throws AdminError with what is wrong: the accounts of the demonstration are in the settings. */
export function requireSoundSettings({ trouble }: SettingsInUse): void {
  if (trouble) throw new AdminError({ code: 'start.demoSettings' }, { further: [trouble] });
}

/**
 * The two who talk in the demonstration.
 * @throws AdminError where the settings are not, or no longer, those of one.
 */
export function demoPairOf(notes: DemoNotes | null): DemoPair {
  const [caller, callee] = Object.keys(notes?.passwords ?? {}).filter((number) => number !== notes?.moderator);
  if (caller === undefined || callee === undefined) throw new AdminError({ code: 'start.demo' });
  return { caller, callee };
}

/** What is said of them while they have not answered. */
export const demoPhonesLeftOut: Message = { code: 'start.leftOut.demoPhones' };
/** How long a start waits for them, which is shorter than the start watch's patience. */
export const demoPhonesPatienceMs = patienceMs;

interface DemoPlace {
  readonly isPossible: boolean;
  readonly addresses: readonly EngineAddress[];
  /** As they are now. */
  settings(): Settings;
  /** By the clock of the box. */
  now(): UnixTime;
  readonly log: Pick<Log, 'info' | 'error'>;
}

/** Two phones in a process of their own, as real phones would be, which talk to each other until they are told to go. */
export class DemoPhones implements DemoCall {
  readonly #changes = new InTurn();
  #running: { readonly pair: DemoPair; readonly phones: Supervised<OwnProcess<{ type: 'ready' }>> } | null = null;
  #starting: AbortController | undefined;
  #timer: NodeJS.Timeout | undefined;
  /** When they go, by a clock that nobody sets. */
  #goneAt: number | null = null;
  #isOver = false;

  /** @param lastsMs How long they talk for whoever has let them. */
  constructor(
    private readonly place: DemoPlace,
    private readonly lastsMs = untilTheyGoMs,
  ) {}

  get isPossible(): boolean {
    return this.place.isPossible;
  }

  get pair(): DemoPair | null {
    return this.#running?.pair ?? null;
  }

  get until(): UnixTime | null {
    return this.#goneAt === null ? null : this.place.now() + this.#goneAt - performance.now();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** For somebody who wants to hear them now. */
  async begin(pair: DemoPair): Promise<void> {
    await this.#start(pair, patienceMs);
    if (this.#timer) return;
    this.#isOver = false;
    this.#goneAt = performance.now() + this.lastsMs;
    this.#timer = setTimeout(() => void this.#go(true), this.lastsMs).unref();
  }

  /** As long as the box runs. Resolves once they talk, however slow the machine is. */
  start(pair: DemoPair): Promise<void> {
    return this.#start(pair, longestMs);
  }

  #start(pair: DemoPair, mostMs: number): Promise<void> {
    return this.#changes.run(async () => {
      if (this.#running) return;
      const { log } = this.place;
      const starting = new AbortController();
      this.#starting = starting;
      const order = this.#orderFor(pair);
      const phones = await Supervised.start({
        begin: () =>
          inTime(
            (signal) =>
              OwnProcess.start(
                { program: installation.demoPhones },
                { ...order },
                AbortSignal.any([signal, starting.signal]),
              ),
            mostMs,
            demoPhonesLeftOut,
          ),
        onLost: (reason, pauseMs) =>
          log.error({ reason, pauseMs }, 'the demo phones have stopped and are being restarted'),
        onBack: () => log.info('the demo phones are back'),
      });
      this.#running = { pair, phones };
      log.info({ ...pair }, 'the demo phones talk');
    });
  }

  end(): Promise<void> {
    this.#starting?.abort();
    return this.#go(false);
  }

  #go(isOver: boolean): Promise<void> {
    return this.#changes.run(async () => {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#goneAt = null;
      await this.#running?.phones.stop();
      this.#running = null;
      this.#isOver = isOver;
      if (isOver) this.place.log.info('the demo phones have talked long enough, and are gone');
    });
  }

  #orderFor({ caller, callee }: DemoPair): DemoPhonesOrder {
    const { addresses, settings } = this.place;
    const { language, extensions } = settings();
    const server = addresses.find(({ protocol }) => protocol === 'udp');
    if (!server) throw new AdminError({ code: 'start.demo' });
    const phone = (number: string, side: string) => ({
      number,
      password: extensions.find((each) => each.number === number)?.password ?? '',
      speech: `${installation.prompts}/demo/${language}-${side}.wav`,
    });
    return {
      server: { address: server.address === '0.0.0.0' ? '127.0.0.1' : server.address, port: server.port },
      caller: phone(caller, 'caller'),
      callee: phone(callee, 'callee'),
    };
  }
}
