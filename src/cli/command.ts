import type { StoppedBoxes } from './box/stopped-box.js';
import type { ServiceManager } from './service-manager.js';
import type { Signals } from './signals.js';
import type { StartAppliance } from './start-options.js';
import type { StartWatch } from './start-watch.js';
import type { ExitCode, Terminal } from './terminal.js';

/** What every command gets. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly dataFolder: string;
  /** Folder of the boards that Modcall knows. */
  readonly boards: string;
  readonly signals: Signals;
  /** For a start; null if nothing is started. */
  readonly watch: StartWatch | null;
  /** Is told how a start of the box goes. */
  readonly manager: ServiceManager | null;
  /** The installed product's. */
  readonly version: string;
  /** Loads the appliance, which no other command needs. */
  loadAppliance(): Promise<StartAppliance>;
  /** Loads what opens a box that does not run. */
  loadStoppedBox(): Promise<StoppedBoxes>;
}

/** A subcommand; `args` are the words after its name. An AdminError that it throws is shown to the person. */
export type Command = (args: readonly string[], context: CommandContext) => Promise<ExitCode>;
