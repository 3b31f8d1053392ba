import type { LicenceAdmin } from '../admin/licence/licence-admin.js';
import { byConsole } from '../admin/recording.js';
import { text } from '../locales/text.js';
import type { HeldFolder } from './box/stopped-box.js';
import { saying } from './command-error.js';
import { keyGiven, type LicenceArguments, parseLicence, verdictText, wordedVerdict } from './licence.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';

const acceptedAs = { licence: 'command.licence.accepted', server: 'command.licence.serverKeyAccepted' } as const;

/** The licences of a box that does not run, held for this command. */
export interface LicencesInFolder extends Pick<HeldFolder, 'record'> {
  readonly licences: LicenceAdmin;
}

/** `modcall licence enter|remove` where no box runs. */
export const changeLicenceInFolder = (
  [verb, ...rest]: readonly string[],
  terminal: Terminal,
  held: LicencesInFolder,
): Promise<ExitCode> => saying(terminal, () => (verb === 'enter' ? enter : remove)(terminal, held, parseLicence(rest)));

async function enter(
  terminal: Terminal,
  { licences, record }: LicencesInFolder,
  args: LicenceArguments,
): Promise<ExitCode> {
  const { language } = terminal;
  const result = await licences.enter(await keyGiven(terminal, args));
  if (result.isAccepted) await record({ type: 'licenceEntered', keyNumber: result.keyNumber, ...byConsole });
  const verdict = verdictText(result, language);
  if (args.json) terminal.print(JSON.stringify({ ...result, verdict: wordedVerdict(result, language) }));
  else if (result.slot) terminal.print([text(language, acceptedAs[result.slot]), verdict].join('\n'));
  else terminal.printError([verdict, text(language, 'command.licence.notTaken')].join('\n'));
  return result.isAccepted ? exitCode.ok : exitCode.refused;
}

async function remove(
  terminal: Terminal,
  { licences, record }: LicencesInFolder,
  args: LicenceArguments,
): Promise<ExitCode> {
  const { language } = terminal;
  const kept = await licences.remove();
  if (kept.length > 0) await record({ type: 'licenceRemoved', ...byConsole });
  if (args.json) terminal.print(JSON.stringify({ kept }));
  else if (kept.length > 0) terminal.print(text(language, 'command.licence.removed', { paths: kept }));
  else terminal.print(text(language, 'command.licence.nothingToRemove'));
  return exitCode.ok;
}
