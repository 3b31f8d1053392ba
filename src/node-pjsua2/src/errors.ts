/** The object is closed, or the operation makes no sense in its state. */
export class InvalidStateError extends Error {
  override readonly name = 'InvalidStateError';
}

/** The engine refused. */
export class PjsipError extends Error {
  override readonly name = 'PjsipError';

  /**
   * @param code symbol of the failure, such as `PJ_EBUSY`
   * @param status PJSIP's number for it
   * @param operation PJSIP's function that failed
   */
  constructor(
    message: string,
    readonly code: string,
    readonly status: number,
    readonly operation: string,
  ) {
    super(message);
  }
}
