import type { IdentityAdmin } from '../admin/identity-admin.js';
import { byConsole } from '../admin/recording.js';
import { text } from '../locales/text.js';
import { askOperation } from './box/ask-operation.js';
import type { BoxClient } from './box/box-client.js';
import type { Holding } from './box/stopped-box.js';
import { saying } from './command-error.js';
import { requireNewName, writeNewFile } from './new-file.js';
import { showAnswer } from './output/show-answer.js';
import { knownPassphrase, newPassphrase, parseSealing, readSmallFile, type SealingArguments } from './passphrase.js';
import { usageNamed } from './table/named-usage.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { optionMissing, usageError } from './words.js';

/** The box whose identity it is. */
export interface IdentityPlace {
  /** Null where none runs. */
  running(): Promise<BoxClient | null>;
  /** @throws NoDataFolder */
  open(): Promise<IdentityAdmin>;
  readonly holding: Holding;
}

/** `modcall identity …`; a passphrase comes from a file or is asked for, never from the command line, which others can see. */
export function runIdentity(args: readonly string[], terminal: Terminal, place: IdentityPlace): Promise<ExitCode> {
  return saying(terminal, async () => {
    const [name, ...rest] = args;
    const parsed = parseSealing(rest);
    const [backup, ...more] = parsed.words;
    if (name === 'backup' && backup === undefined) return backUp(terminal, place, parsed);
    if (name === 'restore' && backup !== undefined && more.length === 0) {
      return restore(terminal, place, parsed, backup);
    }
    const wrong = [backup, ...more].at(name === 'backup' ? 0 : 1);
    throw usageError(name === 'backup' || name === 'restore' ? wrong : name, 'command.identity.usage');
  });
}

async function backUp(
  terminal: Terminal,
  { running, open, holding }: IdentityPlace,
  args: SealingArguments,
): Promise<ExitCode> {
  const { output } = args;
  if (output === undefined) throw optionMissing('output');
  const box = await running();
  const identity = await open();
  await requireNewName(output);
  const passphrase = await newPassphrase(terminal, args);
  if (box)
    return showAnswer(
      await askOperation(box, usageNamed('identity backup'), { passphrase }, null),
      { output, json: args.json },
      terminal,
    );
  await holding(async ({ record }) => {
    await writeNewFile(output, await identity.backUp(passphrase));
    await record({ type: 'identityBackedUp', ...byConsole });
  });
  terminal.print(
    args.json ? JSON.stringify({ written: output }) : text(terminal.language, 'command.written', { path: output }),
  );
  return exitCode.ok;
}

async function restore(
  terminal: Terminal,
  { open, holding }: IdentityPlace,
  args: SealingArguments,
  backup: string,
): Promise<ExitCode> {
  const { language } = terminal;
  const identity = await open();
  const sealed = await readSmallFile(backup);
  const passphrase = await knownPassphrase(terminal, args);
  const view = await holding(async ({ record }) => {
    const restored = await identity.restore(sealed, passphrase);
    await record({ type: 'identityRestored', backedUp: restored.backedUp, ...byConsole });
    return restored;
  });
  if (args.json) {
    terminal.print(JSON.stringify(view));
  } else {
    terminal.print(text(language, 'command.identity.restored', { hardwareId: view.hardwareId }));
    if (view.differs.length > 0)
      terminal.print(text(language, 'command.identity.restoredOnOtherBoard', { before: view.backedUp }));
  }
  return exitCode.ok;
}
