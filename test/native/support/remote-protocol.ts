import type { CallOptions, DigitMethod, EndpointOptions } from '../../../src/node-pjsua2/src/index.js';

/** What a remote endpoint is told to do; everything but `dial` is about its newest call. */
export type RemoteCommand =
  | {
      readonly do: 'start';
      readonly options: Partial<EndpointOptions>;
      readonly answer: RemoteAnswer;
      readonly tone: number;
    }
  | { readonly do: 'dial'; readonly options: Omit<CallOptions, 'account'> }
  | { readonly do: 'answer' | 'hold' | 'resume' | 'reinvite' }
  | { readonly do: 'reject'; readonly status: number; readonly headers: Readonly<Record<string, string>> }
  | { readonly do: 'hangUp'; readonly reasonHeader?: string }
  | { readonly do: 'digits'; readonly digits: string; readonly method: DigitMethod }
  | { readonly do: 'record'; readonly file: string }
  | { readonly do: 'stopRecording' }
  /** Done when all its calls are over, and told. */
  | { readonly do: 'wait' }
  | { readonly do: 'close' };

/** What happens to an incoming call by itself. */
export type RemoteAnswer = 'answer' | 'ring' | 'earlyMedia' | 'nothing';

/** What a remote endpoint tells: answers by number, and the events of its calls. */
export type RemoteMessage =
  | { readonly kind: 'done'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'failed'; readonly id: number; readonly name: string; readonly message: string }
  | { readonly kind: 'event'; readonly event: RemoteEvent };

export interface RemoteEvent {
  readonly name: 'incomingCall' | 'progress' | 'answered' | 'media' | 'digit' | 'ended';
  readonly details: Readonly<Record<string, unknown>>;
}
