/** Why a line cannot work, in words for the log: what is wrong and, where possible, what to do. */
export class LineTrouble extends Error {
  override readonly name = 'LineTrouble';
}

/** The HAT understood the command, but refused to execute it. */
export class CommandRefused extends LineTrouble {
  constructor(command: string) {
    super(`the HAT refused ${nameOf(command)}`);
  }
}

/** A command without its values, because digits dialled may be a PIN. */
export const nameOf = (command: string): string => command.replace(/=.*/s, '');
