import type { FirstSteps } from '../admin/settings.js';
import type { StartOptions } from '../cli/start-options.js';
import type { Message } from '../locales/codes.js';
import { problemText } from '../locales/problem-text.js';
import { text } from '../locales/text.js';
import type { Log } from '../log/log.js';
import type { Language } from '../primitives/language.js';
import { AdminError } from '../store/admin-error.js';
import type { BoxFact } from '../store/audit/audit-entry.js';
import type { DataFolder } from '../store/files/data-folder.js';
import { placed } from '../store/files/file-faults.js';
import { inTime, NotInTime } from '../store/in-time.js';
import type { HandlingLoss } from '../store/records/handling-file.js';
import type { Fault } from '../store/settings/settings-faults.js';
import type { SettingsInUse } from '../store/settings/settings-in-use.js';
import type { Settings } from '../store/settings/settings-schema.js';

/** What is broken at the start of the box: telephony goes on, and the admin has to know. */
export interface Trouble {
  readonly code: 'storageUnwritable' | 'boardFaulty' | 'settingsOfLastStart' | 'settingsSalvaged' | 'settingsNewer';
  readonly error: AdminError;
}

const texts: Readonly<Record<Trouble['code'], string>> = {
  storageUnwritable: 'the data folder cannot be written to',
  boardFaulty: 'the board file cannot be used: analog lines, lamps and button are left out',
  settingsOfLastStart: 'the settings cannot be used: those of the last start are, and monitoring is closed',
  settingsNewer: 'the settings were written by a newer Modcall: what this one does not know of them is not heeded',
  settingsSalvaged: 'the settings cannot be used: what is left of them is, and monitoring is closed',
};

/** What is left out, each once: a file that stays out is tried again and again. */
export class LeftOut {
  readonly #errors = new Map<string, NotInTime>();

  constructor(
    private readonly language: Language,
    private readonly log: Log,
  ) {}

  /** That a part is left out, since it did not answer in time. */
  readonly tell = (error: NotInTime): void => {
    const advice = problemText(this.language, error);
    if (this.#errors.has(advice)) return;
    this.#errors.set(advice, error);
    this.log.error({ code: 'leftOut', advice }, 'a part of the box did not answer in time and is left out');
  };

  /** That a part has answered after all: nothing is to be done about it any more. */
  readonly isBack = (error: NotInTime): void => {
    const advice = problemText(this.language, error);
    if (this.#errors.delete(advice))
      this.log.info(
        { code: 'leftOutIsBack', part: error.problem.code },
        'a part of the box that was left out has answered',
      );
  };

  /**
   * What a part answers in time. One that does not is told as left out, and what it answers at last is taken then: nothing is asked for twice.
   * @param onLate Takes it.
   */
  async orLate<T>(
    part: Promise<T>,
    ms: number,
    leftOut: Message,
    onLate: (answer: T) => unknown = () => {},
  ): Promise<T | undefined> {
    try {
      return await inTime(() => part, ms, leftOut);
    } catch (error) {
      if (!(error instanceof NotInTime)) throw error;
      this.tell(error);
      void this.#endLate(part.then(onLate), error);
      return undefined;
    }
  }

  /** What to do about it. */
  advice(language = this.language): readonly string[] {
    return [...this.#errors.values()].map((error) => problemText(language, error));
  }

  async #endLate(taking: Promise<unknown>, error: NotInTime): Promise<void> {
    try {
      await taking;
    } catch (cause) {
      this.log.error({ part: error.problem.code, error: cause }, 'a part of the box that was left out cannot be had');
      return;
    }
    this.isBack(error);
  }
}

export function troublesOf(
  { trouble: ofFolder }: DataFolder,
  { trouble, newer, from }: SettingsInUse,
  ofBoard: AdminError | null,
): readonly Trouble[] {
  const ofSettings = from === 'lastGood' ? 'settingsOfLastStart' : 'settingsSalvaged';
  return [
    ...(ofFolder ? [{ code: 'storageUnwritable', error: ofFolder } as const] : []),
    ...(ofBoard ? [{ code: 'boardFaulty', error: ofBoard } as const] : []),
    ...(trouble ? [{ code: ofSettings, error: trouble } as const] : []),
    ...(newer ? [{ code: 'settingsNewer', error: newer } as const] : []),
  ];
}

/** What is wrong, what that means for the box, and what to do about it. */
export function troubleAdvice({ code, error }: Trouble, language: Language): string {
  const problem = problemText(language, error);
  if (code !== 'settingsOfLastStart' && code !== 'settingsSalvaged') return problem;
  return `${text(language, `settings.${code}`)}\n${problem}`;
}

/** Why nobody can listen after this start; null if nothing about the box itself prevents it. */
export function closedBy({ trouble }: SettingsInUse, isRecorded: boolean): FirstSteps['closedBy'] {
  if (trouble) return 'settingsFaulty';
  return isRecorded ? null : 'notRecorded';
}

export function logTroubles(troubles: readonly Trouble[], { settings, unwritten }: SettingsInUse, log: Log): void {
  for (const { code, error } of troubles)
    log.error({ code, advice: troubleAdvice({ code, error }, settings.language) }, texts[code]);
  if (settings.country === 'unknown')
    log.warn(
      { code: 'countryUnknown', advice: text(settings.language, 'settings.countryUnknown') },
      'nobody has chosen the country of the box yet: it decides the emergency numbers',
    );
  if (unwritten !== null) log.warn({ error: unwritten }, 'no copy of the settings can be kept');
}

function adviceOn(finding: BoxFact): { readonly advice?: Message } {
  const isKeyNew = finding.type === 'recordDamaged' && finding.problem === 'keyMissing';
  return isKeyNew ? { advice: { code: 'advice.boxKeyReplaced' } } : {};
}

/** A power cut leaves a torn tail; damage is something that a person has to look into. */
export function logFindings(findings: readonly BoxFact[], log: Log): void {
  for (const finding of findings) {
    const level = finding.type === 'recordDamaged' ? 'error' : 'warn';
    log[level](
      { code: finding.type, finding, ...adviceOn(finding) },
      'the audit record was found damaged; see: modcall audit verify',
    );
  }
}

/** What of forwarding and do not disturb could not be read, and what to do about it. */
export function logHandlingLoss(loss: HandlingLoss, log: Log): void {
  const advice: Message = { code: loss.places === null ? 'advice.callHandlingLost' : 'advice.callHandlingPartlyLost' };
  log.error({ code: 'callHandlingLost', ...loss, advice }, 'forwarding and do not disturb are lost, all or in part');
}

/**
 * Why browsers cannot reach the box where the settings want them to, and what to do about it.
 * @param options With the port that was tried in place of that of the settings.
 */
export function pageAdvice(
  faults: readonly Fault[],
  settings: Settings,
  { language, webPort }: Pick<StartOptions, 'language' | 'webPort'>,
): string {
  const { web } = settings;
  const tried = { ...settings, web: web && { ...web, port: webPort ?? web.port } };
  return problemText(language, new AdminError({ code: 'start.noPage' }, { faults: placed(faults, tried) }));
}
