import { requireDataFolder } from '../admin/data-folder.js';
import { checkSettings } from '../admin/settings.js';
import { AdminError } from '../admin/speaking.js';
import { problemText } from '../locales/problem-text.js';
import { text } from '../locales/text.js';
import type { Command } from './command.js';
import { saying } from './command-error.js';
import { exitCode } from './terminal.js';
import { usageError, wordMissing } from './words.js';

/** `modcall settings check`; the exit code tells whether they are valid. */
export const runSettings: Command = async (args, { terminal, dataFolder }) => {
  const { language } = terminal;
  if (args.length === 0) return saying(terminal, () => Promise.reject(wordMissing('settings', ['check'])));
  if (args.join(' ') !== 'check')
    return saying(terminal, () =>
      Promise.reject(usageError(args[0] === 'check' ? args[1] : args[0], 'command.settingsUsage')),
    );
  await requireDataFolder(dataFolder);
  try {
    terminal.print(text(language, 'command.settingsValid', await checkSettings(dataFolder)));
    return exitCode.ok;
  } catch (error) {
    if (!(error instanceof AdminError)) throw error;
    terminal.printError(problemText(language, error));
    return exitCode.refused;
  }
};
