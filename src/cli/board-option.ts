import { type BoardName, boardNamed, boards } from '../admin/identity-admin.js';
import { AdminError } from '../admin/speaking.js';
import { cliTexts } from './texts.js';

/**
 * The board that Modcall runs on: as the option says, else as MODCALL_BOARD says, else the simulated one.
 * @throws AdminError for a name that is no board's.
 */
export function boardFrom(
  option: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): BoardName {
  const name = option ?? (environment.MODCALL_BOARD || 'simulator');
  const board = boardNamed(name);
  if (board) return board;
  throw new AdminError({ de: cliTexts.de.wrongBoard(name, boards), en: cliTexts.en.wrongBoard(name, boards) });
}
