#!/usr/bin/env -S MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=131072 node --max-semi-space-size=1 --single-threaded-gc --no-opt
// Memory is for the calls: a small young generation, for what lives here lives long or for one event; no optimizing compiler, which is
// 4 MB large and of no use to code that sets up calls; and what is large (16 MB to hash a PIN) is given back at once, by malloc(3) too.
// So small a young generation is collected a hundred times a second when many calls are set up: by one thread, not by waking four.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { identityPaths, openIdentityAdmin } from '../admin/identity-admin.js';
import { openLicenceAdmin } from '../admin/open-licence-admin.js';
import { languageOf } from '../admin/settings.js';
import { AdminError } from '../admin/speaking.js';
import { installation } from '../installation.js';
import { version } from '../version.js';
import { askSecret } from './ask-secret.js';
import { runAudit } from './audit.js';
import type { Command, CommandContext } from './command.js';
import { takeDataOption } from './data-option.js';
import { runHardwareId } from './hardware-id.js';
import { runIdentity } from './identity.js';
import { runLicence } from './licence.js';
import { runPin } from './pin.js';
import { runSettings } from './settings.js';
import { runStart } from './start.js';
import { type ExitCode, exitCode, type Terminal } from './terminal.js';
import { cliTexts } from './texts.js';

const runLicenceCommand: Command = async (args, { terminal, dataFolder }) => {
  const onError = (error: unknown) => terminal.printError(error instanceof Error ? error.message : String(error));
  const paths = identityPaths(dataFolder);
  const licences = await openLicenceAdmin({
    dataFolder,
    paths,
    productVersion: version,
    onError,
  });
  return runLicence(args, terminal, licences);
};

const commands: Readonly<Record<string, Command>> = {
  start: runStart,
  settings: runSettings,
  pin: runPin,
  audit: runAudit,
  licence: runLicenceCommand,
  identity: (args, { terminal, dataFolder }) => runIdentity(args, terminal, openIdentityAdmin(dataFolder)),
  'hardware-id': (args, { terminal, dataFolder }) => runHardwareId(args, terminal, openIdentityAdmin(dataFolder)),
};

async function main(words: readonly string[]): Promise<ExitCode> {
  const terminal = systemTerminal();
  const texts = cliTexts[terminal.language];
  const taken = takeDataOption(words);
  if (!taken) {
    terminal.printError(texts.noDataFolder);
    return exitCode.usage;
  }
  const dataFolder = taken.folder ?? (process.env.MODCALL_DATA || defaultDataFolder());
  const [name, ...args] = taken.rest;
  if (name === '--version') {
    terminal.print(version);
    return exitCode.ok;
  }
  if (name === undefined || name === '--help') {
    terminal.print(texts.usage);
    return name === undefined ? exitCode.usage : exitCode.ok;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    terminal.printError(texts.unknownCommand(name));
    return exitCode.usage;
  }
  return runSafely(command, args, { terminal, environment: process.env, dataFolder });
}

async function runSafely(command: Command, args: readonly string[], context: CommandContext): Promise<ExitCode> {
  try {
    return await command(args, context);
  } catch (error) {
    const { printError, language } = context.terminal;
    if (error instanceof AdminError) printError(error.texts[language]);
    else printError(cliTexts[language].defect(error instanceof Error ? (error.stack ?? error.message) : String(error)));
    return exitCode.failed;
  }
}

/** In a checkout its own folder, so that trying it out leaves no traces elsewhere. */
function defaultDataFolder(): string {
  const { root } = installation;
  return existsSync(join(root, '.git')) ? join(root, 'data') : '/var/lib/modcall';
}

function systemTerminal(): Terminal {
  return {
    language: languageOf(process.env),
    isInteractive: process.stdin.isTTY === true,
    print: (text) => console.log(text),
    printError: (text) => console.error(text),
    readInput,
    readSecret: askSecret,
  };
}

async function readInput(limit: number): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const part of process.stdin) {
    text += part;
    if (text.length > limit) break;
  }
  return text;
}

process.exitCode = await main(process.argv.slice(2));
