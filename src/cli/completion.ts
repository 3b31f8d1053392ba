import type { Command } from './command.js';
import { saying } from './command-error.js';
import { bashCompletion, type CommandWords } from './table/bash-completion.js';
import { exitCode } from './terminal.js';
import { usageError, wordMissing } from './words.js';

/** `modcall completion bash`: a script by which bash completes commands, options and their values. */
export const completionOf =
  (commands: () => readonly CommandWords[]): Command =>
  ([shell, ...more], { terminal }) =>
    saying(terminal, async () => {
      if (shell === undefined) throw wordMissing('completion', ['bash']);
      if (shell !== 'bash' || more[0] !== undefined)
        throw usageError(shell === 'bash' ? more[0] : shell, 'command.usage');
      terminal.print(bashCompletion(commands()));
      return exitCode.ok;
    });
