import type { StartOptions } from '../cli/start-options.js';
import type { SpokenPrompts } from '../engine/pjsua/load-prompts.js';
import type { PjsuaEngine } from '../engine/pjsua/pjsua-engine.js';
import type { AnalogLegs } from '../lines/analog-legs.js';
import type { OpenLog } from '../log/log.js';
import type { RemoteLog } from '../log/remote/remote-log.js';
import { toAnalogSettings, toSpokenLanguages } from '../store/settings/settings-rules.js';
import type { Settings } from '../store/settings/settings-schema.js';
import type { BoardDisplay } from './board-display.js';
import { portLabels } from './port-labels.js';
import type { Rules } from './rules.js';
import { engineOptions } from './telephony.js';

interface LiveParts {
  readonly options: Pick<StartOptions, 'logLevel'>;
  readonly log: OpenLog;
  readonly remoteLog: RemoteLog;
  readonly prompts: SpokenPrompts;
  readonly rules: Pick<Rules, 'apply'>;
  readonly engine: PjsuaEngine;
  readonly legs: AnalogLegs;
  readonly display: BoardDisplay;
  /** Whether the agreement lets members make private calls now. */
  readonly privateCalls: () => boolean;
}

/** Lets every part of telephony go by changed settings, while calls go on. */
export function liveTelephony(parts: LiveParts) {
  const { options, log, remoteLog, prompts, rules, engine, legs, display, privateCalls } = parts;
  return async (settings: Settings): Promise<void> => {
    log.follow({ level: options.logLevel ?? settings.log.level, language: settings.language });
    remoteLog.follow(settings.remoteLog);
    // First, so that nobody is spoken to in a language that is not there yet.
    await prompts.load(toSpokenLanguages(settings)).catch((error: unknown) => {
      log.log.error({ code: 'promptsMissing', error }, 'prompts cannot be loaded: some will not be heard');
    });
    rules.apply(settings);
    engine.change(engineOptions(settings));
    legs.setPorts(toAnalogSettings(settings, privateCalls), settings.language);
    display.showLabels(portLabels(settings));
  };
}
