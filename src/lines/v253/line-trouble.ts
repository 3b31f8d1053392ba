import type { English, Message } from '../../locales/codes.js';
import type { PortTrouble } from '../line-events.js';

type Advice = `advice.line.${keyof English['advice']['line']}`;

/** Why a line cannot work, in words for the log, and what to do about it where that is known. */
export class LineTrouble extends Error implements PortTrouble {
  override readonly name = 'LineTrouble';
  readonly advice: Message | null;

  constructor(
    readonly reason: string,
    advice: Advice | null = null,
  ) {
    super(reason);
    this.advice = advice === null ? null : { code: advice };
  }
}

/** What an error of any kind says about a line. */
export const troubleOf = (error: unknown): LineTrouble =>
  error instanceof LineTrouble ? error : new LineTrouble(error instanceof Error ? error.message : String(error));

/** The HAT understood the command, but refused to execute it. */
export class CommandRefused extends LineTrouble {
  constructor(command: string) {
    super(`the HAT refused ${nameOf(command)}`);
  }
}

/** A command without its values, because digits dialled may be a PIN. */
export const nameOf = (command: string): string => command.replace(/=.*/s, '');
