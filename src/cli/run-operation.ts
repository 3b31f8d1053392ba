import { askOperation } from './box/ask-operation.js';
import { boxFor } from './box/open-box.js';
import type { Command } from './command.js';
import { saying } from './command-error.js';
import { showAnswer } from './output/show-answer.js';
import { readArguments } from './table/arguments.js';
import { gather } from './table/gather.js';
import type { Usage } from './table/usage.js';
import { optionMissing } from './words.js';

/** The command that is made from a row of the table: asks the box, and shows what it answers. */
export const commandOf =
  (usage: Usage): Command =>
  (words, context) =>
    saying(context.terminal, async () => {
      const { terminal } = context;
      const args = readArguments(usage, words, terminal.language);
      if (isFile(usage) && args.output === undefined) throw optionMissing('output');
      const open = await boxFor(usage.operation.name, context);
      const input = await gather(args, terminal);
      const box = await open();
      try {
        return await showAnswer(await askOperation(box.client, usage, input, args.basis), args, terminal);
      } finally {
        await box.close();
      }
    });

/** What no terminal can show. */
const isFile = ({ answers }: Usage): boolean => answers !== 'application/json' && !answers.startsWith('text/');
