import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { parseArgs } from 'node:util';
import { countryOf, firstSteps, logLevels } from '../admin/settings.js';
import type { Language } from '../admin/speaking.js';
import type { CommandContext } from './command.js';
import type { StartOptions } from './start-options.js';
import { type ExitCode, exitCode } from './terminal.js';
import { cliTexts } from './texts.js';
import { type ListeningAddress, welcome } from './welcome.js';

/** `modcall start`: runs the appliance until it is told to stop. */
export async function runStart(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const options = parse(args, context);
  if (typeof options === 'string') {
    terminal.printError(options);
    return exitCode.usage;
  }
  const stopSignal = nextStopSignal();
  const startAppliance = await context.loadAppliance();
  const appliance = await startAppliance(options);
  const steps = await firstSteps(options.dataFolder);
  terminal.print(
    welcome(terminal.language, {
      ...steps,
      addresses: reachable(appliance.addresses),
      frontPanel: appliance.frontPanel,
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
  const { language } = terminal;
  const texts = cliTexts[language];
  const values = parsed(args);
  if (!values) return texts.usage;
  const fault = faultOf(values, texts);
  if (fault !== undefined) return fault;
  const { 'sip-port': sipPort, 'panel-port': panelPort, 'panel-address': panelAddress } = values;
  return {
    dataFolder,
    board: values.board ?? (environment.MODCALL_BOARD || 'simulator'),
    frontPanel: values['no-panel'] ? null : { address: panelAddress, port: Number(panelPort) },
    sipPort: sipPort === undefined ? null : Number(sipPort),
    demo: values.demo ?? false,
    logLevel: logLevels.find((level) => level === values['log-level']) ?? null,
    language,
    country: countryOf(environment),
  };
}

/** What is wrong with a value; undefined if nothing is. */
function faultOf(values: Values, texts: (typeof cliTexts)[Language]): string | undefined {
  for (const option of ['sip-port', 'panel-port'] as const) {
    const port = values[option];
    if (port !== undefined && !isPort(port)) return texts.wrongPort(`--${option}`, port);
  }
  const { 'panel-address': address, 'log-level': level } = values;
  if (isIP(address) === 0) return texts.wrongAddress(address);
  const isLevel = level === undefined || logLevels.some((each) => each === level);
  return isLevel ? undefined : texts.wrongLogLevel(level);
}

type Values = NonNullable<ReturnType<typeof parsed>>;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        'sip-port': { type: 'string' },
        demo: { type: 'boolean' },
        'log-level': { type: 'string' },
        board: { type: 'string' },
        // Nobody but this computer sees the front panel unless told otherwise.
        'panel-port': { type: 'string', default: '8090' },
        'panel-address': { type: 'string', default: '127.0.0.1' },
        'no-panel': { type: 'boolean' },
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
