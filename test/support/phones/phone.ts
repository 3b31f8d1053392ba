import type { Recording } from '../audio/recording.js';
import type { SipAddress } from '../sip/transport.js';

/** Where a phone registers, as whom, and the tone (Hz) that it says in every call. */
export interface PhoneAccount {
  readonly server: { readonly address: string; readonly port: number; readonly protocol?: SipAddress['protocol'] };
  readonly number: string;
  readonly password: string;
  readonly tone: number;
}

/** A registered telephone of any make, as a test handles it. It has one call at a time. */
export interface Phone {
  readonly number: string;
  call(number: string): Promise<void>;
  /** Waits until it rings, and picks it up. */
  answer(): Promise<void>;
  untilTalking(): Promise<void>;
  untilEnded(): Promise<void>;
  /** Puts the other side on hold; resolves when it has agreed. */
  hold(): Promise<void>;
  resume(): Promise<void>;
  /** Presses keys, sent by RFC 4733. */
  pressKeys(digits: string): Promise<void>;
  hangUp(): Promise<void>;
  /** So much of the audio that comes in at this time; what does not come is silence. */
  heard(ms: number): Promise<Recording>;
  close(): Promise<void>;
}
