/** Why a line cannot work, in words for the log: what is wrong, and what to do where that helps. */
export class LineTrouble extends Error {
  override readonly name = 'LineTrouble';
}

/** The HAT understood the command and would not carry it out. */
export class CommandRefused extends LineTrouble {
  constructor(command: string) {
    super(`the HAT refused ${nameOf(command)}`);
  }
}

/** A command without its values: what is dialled may be a PIN. */
export const nameOf = (command: string): string => command.replace(/=.*/s, '');
