import type { CallOptions } from 'node-pjsua2';
import type { Encryption } from '../../primitives/encryption.js';

/** What an emergency call gives way in. */
type Demands = Pick<CallOptions, 'sessionTimer' | 'encryption'>;

/** 421 Extension Required, 422 Session Interval Too Small. */
const wantsTimer: ReadonlySet<number> = new Set([421, 422]);
/** Not Acceptable, Unsupported Media Type, Not Acceptable Here, Not Acceptable: there may be more or less encryption than it takes. */
const refusesMedia: ReadonlySet<number> = new Set([406, 415, 488, 606]);

const otherEncryption: Readonly<Record<Encryption, Encryption | undefined>> = {
  offered: 'required',
  required: 'off',
  off: undefined,
};

/** How an emergency call is made again that a trunk has refused with this status; undefined where nothing is left to be tried. */
export function nextTry<Options extends Demands>(options: Options, status: number): Options | undefined {
  if (wantsTimer.has(status) && options.sessionTimer === undefined) return { ...options, sessionTimer: true };
  const encryption = refusesMedia.has(status) ? otherEncryption[options.encryption ?? 'off'] : undefined;
  return encryption && { ...options, encryption };
}
