import { checkSettings } from '../admin/settings.js';
import { AdminError } from '../admin/speaking.js';
import type { Command } from './command.js';
import { exitCode } from './terminal.js';
import { cliTexts } from './texts.js';

/** `modcall settings check`; the exit code tells whether they are valid. */
export const runSettings: Command = async (args, { terminal, dataFolder }) => {
  const texts = cliTexts[terminal.language];
  if (args.join(' ') !== 'check') {
    terminal.printError(texts.usage);
    return exitCode.usage;
  }
  try {
    terminal.print(texts.settingsValid(await checkSettings(dataFolder)));
    return exitCode.ok;
  } catch (error) {
    if (!(error instanceof AdminError)) throw error;
    terminal.printError(error.texts[terminal.language]);
    return exitCode.refused;
  }
};
