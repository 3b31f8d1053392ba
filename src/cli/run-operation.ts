import { askOperation } from './box/ask-operation.js';
import { findBox } from './box/find-box.js';
import type { Command } from './command.js';
import { CommandError, saying } from './command-error.js';
import { showAnswer } from './output/show-answer.js';
import { readArguments } from './table/arguments.js';
import { gather } from './table/gather.js';
import type { Usage } from './table/usage.js';
import { exitCode } from './terminal.js';

/** The command that is made from a row of the table: asks the running box, and shows what it answers. */
export const commandOf =
  (usage: Usage): Command =>
  (words, { terminal, dataFolder }) =>
    saying(terminal, async () => {
      const args = readArguments(usage, words);
      if (isFile(usage) && args.output === undefined)
        throw new CommandError({ code: 'client.optionMissing', params: { option: 'output' } }, exitCode.usage);
      const box = await findBox(dataFolder, terminal.language);
      if (!box) {
        const command = usage.operation.name;
        throw new CommandError({ code: 'client.boxNotRunning', params: { command } }, exitCode.failed);
      }
      const input = await gather(args, terminal);
      return showAnswer(await askOperation(box, usage, input, args.basis), args, terminal);
    });

/** What no terminal can show. */
const isFile = ({ answers }: Usage): boolean => answers !== 'application/json' && !answers.startsWith('text/');
