// A program in a single file: whoever does not trust the box takes it to a computer of their own, which needs nothing of Modcall, only Node.js.
import { text } from '../locales/text.js';
import { checkpointIn, verifyExported } from './audit-export.js';
import { saying } from './command-error.js';
import { runSafely } from './run-safely.js';
import { systemTerminal } from './system-terminal.js';
import { exitCode } from './terminal.js';
import { parseWords, usageError } from './words.js';

const terminal = systemTerminal(process.env);

const verify = () =>
  saying(terminal, async () => {
    const { values, positionals } = parseWords({
      args: process.argv.slice(2),
      allowPositionals: true,
      options: {
        checkpoint: { type: 'string' },
        table: { type: 'string' },
        draws: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      terminal.print(text(terminal.language, 'command.verifier'));
      return exitCode.ok;
    }
    const [file, stray] = positionals;
    if (file === undefined || stray !== undefined) throw usageError(stray, 'command.verifier');
    const met = values.checkpoint === undefined ? null : await checkpointIn(values.checkpoint);
    const { table, draws, json: isJson } = values;
    return verifyExported(file, { checkpoint: met, table, isJson, draws }, terminal);
  });

process.exitCode = await runSafely(verify, terminal, process.cwd());
