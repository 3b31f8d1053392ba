import { checkSettings } from '../admin/settings.js';
import { AdminError } from '../admin/speaking.js';
import { problemText } from '../locales/problem-text.js';
import { text } from '../locales/text.js';
import type { Command } from './command.js';
import { exitCode } from './terminal.js';

/** `modcall settings check`; the exit code tells whether they are valid. */
export const runSettings: Command = async (args, { terminal, dataFolder }) => {
  const { language } = terminal;
  if (args.join(' ') !== 'check') {
    terminal.printError(text(language, 'command.usage'));
    return exitCode.usage;
  }
  try {
    terminal.print(text(language, 'command.settingsValid', await checkSettings(dataFolder)));
    return exitCode.ok;
  } catch (error) {
    if (!(error instanceof AdminError)) throw error;
    terminal.printError(problemText(language, error));
    return exitCode.refused;
  }
};
