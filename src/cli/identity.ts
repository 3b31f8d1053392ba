import type { IdentityAdmin } from '../admin/identity-admin.js';
import { text } from '../locales/text.js';
import { saying } from './command-error.js';
import { requireNewName, writeNewFile } from './new-file.js';
import { knownPassphrase, newPassphrase, parseSealing, readSmallFile, type SealingArguments } from './passphrase.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { usageError } from './words.js';

/** `modcall identity …`; a passphrase comes from a file or is asked for, never from the command line, which others can see. */
export function runIdentity(
  args: readonly string[],
  terminal: Terminal,
  open: () => Promise<IdentityAdmin>,
): Promise<ExitCode> {
  return saying(terminal, async () => {
    const [name, ...rest] = args;
    const parsed = parseSealing(rest);
    const [backup, ...more] = parsed.words;
    if (name === 'backup' && backup === undefined) return backUp(terminal, open, parsed);
    if (name === 'restore' && backup !== undefined && more.length === 0) {
      return restore(terminal, await open(), parsed, backup);
    }
    const wrong = [backup, ...more].at(name === 'backup' ? 0 : 1);
    throw usageError(name === 'backup' || name === 'restore' ? wrong : name, 'command.identity.usage');
  });
}

async function backUp(
  terminal: Terminal,
  open: () => Promise<IdentityAdmin>,
  args: SealingArguments,
): Promise<ExitCode> {
  const { output } = args;
  if (output === undefined) throw usageError(undefined, 'command.identity.usage');
  const identity = await open();
  await requireNewName(output);
  const passphrase = await newPassphrase(terminal, args);
  await writeNewFile(output, await identity.backUp(passphrase));
  terminal.print(
    args.json ? JSON.stringify({ written: output }) : text(terminal.language, 'command.written', { path: output }),
  );
  return exitCode.ok;
}

async function restore(
  terminal: Terminal,
  identity: IdentityAdmin,
  args: SealingArguments,
  backup: string,
): Promise<ExitCode> {
  const { language } = terminal;
  const sealed = await readSmallFile(backup);
  const passphrase = await knownPassphrase(terminal, args);
  const view = await identity.restore(sealed, passphrase);
  if (args.json) {
    terminal.print(JSON.stringify(view));
  } else {
    terminal.print(text(language, 'command.identity.restored', { hardwareId: view.hardwareId }));
    if (view.differs.length > 0)
      terminal.print(text(language, 'command.identity.restoredOnOtherBoard', { before: view.backedUp }));
  }
  return exitCode.ok;
}
