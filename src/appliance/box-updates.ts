import type { Box } from '../admin/operations.js';
import { text } from '../locales/text.js';
import type { Log } from '../log/log.js';
import type { Language } from '../primitives/language.js';
import { AdminError } from '../store/admin-error.js';
import type { AuditRecord } from '../store/audit/audit.js';
import type { DataFolder } from '../store/files/data-folder.js';
import type { DailyLook } from '../update/daily-look.js';
import type { ChannelChoice } from '../update/update-channel.js';
import type { Updates } from '../update/updates.js';
import type { Restart } from './restart.js';

interface UpdatesPlace {
  /** Version of the image that the box runs from; null where it runs from none. */
  readonly image: string | null;
  readonly folder: Pick<DataFolder, 'file'>;
  readonly restart: Pick<Restart, 'order'>;
  readonly audit: Pick<AuditRecord, 'append'>;
  readonly log: Log;
  /** Null while it is unknown. */
  hardwareId(): string | null;
  /** Where it looks for newer versions, as it is set at present. */
  channel(): ChannelChoice | null;
  /** By the clock of the box, in milliseconds since 1970. */
  now(): number;
  /** Whether a call is being set up, which goes first. */
  isCalling(): boolean;
}

/** RAUC may start later than the box does. */
const againMs = 60_000;

/** Updates of a box that runs from the image. Telephony does not wait for what installs them. */
export class BoxUpdates implements Pick<Box, 'updates' | 'holdUpdate'> {
  #opening: Promise<Updates> | null = null;
  #open: Updates | null = null;
  #daily: DailyLook | null = null;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(private readonly place: UpdatesPlace) {}

  /** Goes on with what was begun before the start. */
  begin(): void {
    if (this.place.image === null) return;
    const tell = (error: unknown) => this.place.log.error({ error }, 'updates of the system are not possible');
    void this.#goOn(tell);
    this.#lookDaily().catch(tell);
  }

  /** Until it succeeds, so that what has become of an update is told. */
  async #goOn(tell: (error: unknown) => void): Promise<void> {
    try {
      await this.updates();
    } catch (error) {
      tell(error);
      // Told once.
      if (!this.#isStopped) this.#timer = setTimeout(() => void this.#goOn(() => {}), againMs).unref();
    }
  }

  readonly updates = async (): Promise<Updates> => {
    const { image } = this.place;
    if (image === null) throw new AdminError({ code: 'update.notHere' }, { kind: 'unavailable' });
    this.#opening ??= this.#opened(image);
    try {
      return await this.#opening;
    } catch (error) {
      // Whoever asks next may have more luck.
      this.#opening = null;
      const reason = error instanceof Error ? error.message : String(error);
      throw new AdminError({ code: 'update.silent', params: { reason } }, { kind: 'unavailable', cause: error });
    }
  };

  readonly holdUpdate = async (): Promise<void> => (await this.updates()).hold();

  /** What has become of an update that is not in use. */
  faults(language: Language): readonly { readonly code: string; readonly text: string }[] {
    const { version, course } = this.#open?.state.latest ?? {};
    if (version === undefined || (course !== 'fellBack' && course !== 'interrupted')) return [];
    return [{ code: `update.${course}`, text: text(language, `update.${course}`, { version }) }];
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#open?.stop();
    this.#daily?.stop();
  }

  async #lookDaily(): Promise<void> {
    const { hardwareId, channel, isCalling, log } = this.place;
    const { DailyLook } = await import('../update/daily-look.js');
    this.#daily = new DailyLook({
      hardwareId,
      isBusy: isCalling,
      look: async () => channel() && (await this.updates()).channel.look(),
      onError: (error) => log.warn({ error }, 'it is not known whether there is an update'),
    });
  }

  async #opened(image: string): Promise<Updates> {
    const { folder, restart, audit, log, channel, now } = this.place;
    // A box that does not run from the image needs nothing of it, and no other before telephony runs.
    const [{ Rauc }, { UpdateSources }, { UpdateChannel }, { Updates }] = await Promise.all([
      import('../update/rauc.js'),
      import('../update/sources.js'),
      import('../update/update-channel.js'),
      import('../update/updates.js'),
    ]);
    this.#open = await Updates.open({
      installer: new Rauc(image),
      sources: new UpdateSources(folder.file('uploadedUpdate')),
      channel: new UpdateChannel({ running: image, choice: channel, now }),
      note: folder.file('update'),
      restart: (wanted, by) => restart.order({ ...wanted, updates: true }, by),
      record(fact) {
        log.warn({ fact }, 'an update of the system has come to this');
        audit.append(fact).catch((error: unknown) => log.error({ error }, 'the audit record cannot be written'));
      },
      onError: (error) => log.error({ error }, 'it is not known how far the update of the system is'),
    });
    return this.#open;
  }
}
