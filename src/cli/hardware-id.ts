import type { IdentityAdmin } from '../admin/identity-admin.js';
import { saying } from './command-error.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { parseWords } from './words.js';

/** `modcall hardware-id`: prints the ID alone, so that it can be copied or piped. */
export function runHardwareId(
  args: readonly string[],
  terminal: Terminal,
  open: () => Promise<IdentityAdmin>,
): Promise<ExitCode> {
  return saying(terminal, async () => {
    const isJson = parse(args);
    const view = await (await open()).show();
    terminal.print(isJson ? JSON.stringify(view) : view.hardwareId);
    return exitCode.ok;
  });
}

function parse(args: readonly string[]): boolean {
  return parseWords({ args: [...args], options: { json: { type: 'boolean', default: false } } }).values.json;
}
