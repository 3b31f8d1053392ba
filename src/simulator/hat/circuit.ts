/** The line side of a HAT, as its firmware sees it. */
export interface Circuit {
  readonly kind: 'fxs' | 'fxo';
  /** Events that can be reported, as a mask of PROTOCOL.md, 4. */
  readonly events: number;
  /** Value of +VLS. */
  readonly select: number;
  readonly isOffHook: boolean;
  readonly isRinging: boolean;
  readonly isFed: boolean;
  /** Carries out +VLS, +VRL or +VTS with its value; false if that cannot be done. */
  perform(command: string, value: string): boolean;
  /** Back to the state after power-up. */
  rest(): void;
}

/** Sends a report; the firmware leaves out what is masked. */
export type Reporting = (code: string, data?: string) => void;
