import { requireDataFolder } from '../admin/data-folder.js';
import { resetFolder } from '../admin/reset.js';
import { text } from '../locales/text.js';
import { holdingFolder } from './box/held-folder.js';
import type { Command } from './command.js';
import { exitCode } from './terminal.js';
import { parseWords } from './words.js';

/** `modcall box reset`, on a stopped box. */
export const runReset: Command = async (args, context) => {
  parseWords({ args: args.slice(1), options: {} });
  const { terminal, dataFolder } = context;
  await requireDataFolder(dataFolder);
  await holdingFolder(context)(resetFolder);
  terminal.print(text(terminal.language, 'command.reset.done'));
  return exitCode.ok;
};
