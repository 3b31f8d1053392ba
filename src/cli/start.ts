import { networkInterfaces } from 'node:os';
import { parseArgs } from 'node:util';
import { type Country, countryOf, firstSteps, type LogLevel, logLevels } from '../admin/settings.js';
import type { Language } from '../admin/speaking.js';
import type { CommandContext } from './command.js';
import { type ExitCode, exitCode } from './terminal.js';
import { cliTexts } from './texts.js';
import { type ListeningAddress, welcome } from './welcome.js';

/** How the appliance is to be started. */
export interface StartOptions {
  /** Where all data is kept. */
  readonly dataFolder: string;
  /** SIP port instead of that of the settings, 0 for any free one; null leaves it. */
  readonly sipPort: number | null;
  /** Rings up two built-in phones that talk to each other. */
  readonly demo: boolean;
  /** Log level instead of that of the settings; null leaves it. */
  readonly logLevel: LogLevel | null;
  /** Name of its folder in `board`. */
  readonly board: string;
  /** For settings that are made at the first start. */
  readonly language: Language;
  readonly country: Country;
}

/** A running appliance. */
export interface Appliance {
  readonly addresses: readonly ListeningAddress[];
  /** Null when it cannot be found out. */
  readonly hardwareId: string | null;
  /** What is licensed, or why nothing is, as a sentence in the language of the start. */
  readonly licence: string;
  /** Ends calls, closes files and lets go of the data folder. */
  stop(): Promise<void>;
}

/** Exported by main.ts. Rejects with an AdminError when the admin can do something about it. */
export type StartAppliance = (options: StartOptions) => Promise<Appliance>;

/** `modcall start`: runs the appliance until it is told to stop. */
export async function runStart(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const options = parse(args, context);
  if (typeof options === 'string') {
    terminal.printError(options);
    return exitCode.usage;
  }
  const stopSignal = nextStopSignal();
  const { startAppliance }: { startAppliance: StartAppliance } = await import('../main.js');
  const appliance = await startAppliance(options);
  const steps = await firstSteps(options.dataFolder);
  terminal.print(
    welcome(terminal.language, {
      ...steps,
      addresses: reachable(appliance.addresses),
      demoCall: options.demo,
      hardwareId: appliance.hardwareId,
      licence: appliance.licence,
    }),
  );
  await stopSignal;
  terminal.print(cliTexts[terminal.language].stopping);
  // Whoever asks twice is in a hurry.
  void nextStopSignal().then(() => process.exit(exitCode.failed));
  await appliance.stop();
  return exitCode.ok;
}

/** The options, or what is wrong with them. */
function parse(args: readonly string[], { terminal, environment, dataFolder }: CommandContext): StartOptions | string {
  const texts = cliTexts[terminal.language];
  const values = parsed(args);
  if (!values) return texts.usage;
  const sipPort = values['sip-port'] ?? null;
  if (sipPort !== null && !isPort(sipPort)) return texts.wrongPort(sipPort);
  const level = values['log-level'];
  const logLevel = logLevels.find((each) => each === level) ?? null;
  if (level !== undefined && logLevel === null) return texts.wrongLogLevel(level);
  return {
    dataFolder,
    board: values.board ?? (environment.MODCALL_BOARD || 'simulator'),
    sipPort: sipPort === null ? null : Number(sipPort),
    demo: values.demo ?? false,
    logLevel,
    language: terminal.language,
    country: countryOf(environment),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        'sip-port': { type: 'string' },
        demo: { type: 'boolean' },
        'log-level': { type: 'string' },
        board: { type: 'string' },
      },
    }).values;
  } catch {
    return null;
  }
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535;
}

function nextStopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

/** Where a phone finds the box: every address of the machine stands in for the one that means all of them. */
function reachable(addresses: readonly ListeningAddress[]): ListeningAddress[] {
  const own = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ family }) => family === 'IPv4')
    .sort((a, b) => Number(a.internal) - Number(b.internal));
  return addresses.flatMap((entry) =>
    entry.address === '0.0.0.0' ? own.map(({ address }) => ({ ...entry, address })) : [entry],
  );
}
