import type { Language } from '../admin/speaking.js';

/** The person at the other end of a command. */
export interface Terminal {
  readonly language: Language;
  /** Whether a person types at standard input; otherwise it is a file or a pipe. */
  readonly isInteractive: boolean;
  /** Characters in a line of standard output. */
  readonly width: number;
  /** To standard output; a line end is added. */
  print(text: string): void;
  /** To standard error; a line end is added. */
  printError(text: string): void;
  /** Standard input to its end; stops after the first part with which it is longer than `limit` characters. */
  readInput(limit: number): Promise<string>;
  /** Asks for a text that is not shown while it is typed. */
  readSecret(question: string): Promise<string>;
}

/** How a command ends, for scripts. */
export const exitCode = {
  ok: 0,
  /** The command worked, and the answer is no. */
  refused: 1,
  /** The command line was not understood. */
  usage: 2,
  /** Something went wrong. */
  failed: 3,
  /** The box wants to be started anew by whoever started it (EX_TEMPFAIL of sysexits.h). */
  restart: 75,
  /** It wants the machine to be started anew, with the update that is installed. */
  restartMachine: 76,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
