/** An address on which the engine was to listen cannot be used. */
export class ListenError extends Error {
  override readonly name = 'ListenError';

  /**
   * @param port where it was to be listened on
   * @param why in use by another program; not an address of this machine; a port that only root may take; anything else.
   */
  constructor(
    message: string,
    readonly port: number,
    readonly why: 'inUse' | 'notOurs' | 'notAllowed' | 'other',
    cause: unknown,
  ) {
    super(message, { cause });
  }
}
