import type { Country, FirstSteps, LogLevel } from '../admin/settings.js';
import type { Language } from '../admin/speaking.js';
import type { ListeningAddress } from './welcome.js';

/** Port 0 means any free one. */
export interface FrontPanelAddress {
  readonly address: string;
  readonly port: number;
}

/** Where browsers and programs reach the box. */
export interface WebAddress extends FrontPanelAddress {
  readonly encrypted: boolean;
}

/** The steps of a start, in order. */
export type StartStep =
  | 'load'
  | 'folder'
  | 'settings'
  | 'record'
  | 'identity'
  | 'licence'
  | 'engine'
  | 'records'
  | 'hardware'
  | 'listen'
  | 'logins'
  | 'web'
  | 'demoPhones';

/** What is to be started anew. */
export type Restarted = 'box' | 'machine';

/** How the appliance is to be started. */
export interface StartOptions {
  /** Where all data is kept. */
  readonly dataFolder: string;
  /** SIP port to use instead of the settings', 0 for any free one; null for the settings'. */
  readonly sipPort: number | null;
  /** Port for browsers and programs to use instead of the settings', 0 for any free one; null for the settings'. */
  readonly webPort: number | null;
  /** Sets up a demonstration if nothing is set up yet, and starts two built-in phones that talk to each other. */
  readonly demo: boolean;
  /** Log level to use instead of the settings'; null for the settings'. */
  readonly logLevel: LogLevel | null;
  /** Version of the image that the box runs from; null where it runs from none. */
  readonly image: string | null;
  /** Name of its folder in `board`. */
  readonly board: string;
  /** Where the simulated board shows its front panel; null leaves its hardware to another program. */
  readonly frontPanel: FrontPanelAddress | null;
  /** For settings that are made at the first start. */
  readonly language: Language;
  readonly country: Country;
  /** Called before each step, so that it is known which one takes too long. */
  onStep(step: StartStep): void;
}

/** A running appliance. */
export interface Appliance {
  readonly addresses: readonly ListeningAddress[];
  /** Where the front panel of the simulated board is; null for other boards. */
  readonly frontPanel: FrontPanelAddress | null;
  /** Where browsers and programs reach the box; null where they do not. */
  readonly web: WebAddress | null;
  /** Why there is no page where the settings want one, and what to do about it, in the language of the start; null where that is not so. */
  readonly pageTrouble: string | null;
  /** Lets a person at the box become its first admin by the page; null where there is one, or no page. */
  readonly oneTimeCode: string | null;
  /** `web` and `oneTimeCode`, once they are known, where the start has not waited for that; else null. */
  readonly latePage: Promise<Pick<Appliance, 'web' | 'oneTimeCode'> | null>;
  /** Null if it is unknown. */
  readonly hardwareId: string | null;
  /** What is licensed, or why nothing is, as a sentence in the language of the start. */
  readonly licence: string;
  /** For SIGHUP, as usual for a program that runs in the background: continues in a new log file, and takes an edited settings file. */
  hangUp(): void;
  readonly firstSteps: FirstSteps;
  /** What is broken about the box, and what to do about it, in the language of the start. */
  readonly troubles: readonly string[];
  /** Resolves when the box is to be started anew, in a process of its own, or the machine as a whole. */
  readonly restart: Promise<Restarted>;
  /** Ends calls, closes files and releases the data folder. */
  stop(): Promise<void>;
}

/** Rejects with an AdminError when the admin can do something about it. */
export type StartAppliance = (options: StartOptions) => Promise<Appliance>;
