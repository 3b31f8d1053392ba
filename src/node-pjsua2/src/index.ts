export { Account, type AccountOptions, type RegistrationState } from './account.js';
export {
  Call,
  type CallDigit,
  type CallEnd,
  type CallMedia,
  type CallOptions,
  type CallProgress,
  type DigitMethod,
  type MediaSilence,
  type Redirect,
  type TransferRequest,
} from './call.js';
export { Connection, type Sink, type Source, type Volume } from './connection.js';
export { type CodecName, Endpoint, type EndpointOptions, type Overflow, type Peer } from './endpoint.js';
export { InvalidStateError, PjsipError } from './errors.js';
export type { IncomingCall, Origin } from './incoming.js';
export type { EndpointStatistics, Level, MediaStatistics, Side } from './native.js';
export { Player, type PlayerOptions, type Segment } from './player.js';
export { Recorder } from './recorder.js';
export {
  type Binding,
  type Bound,
  type ContactId,
  type DigestAlgorithm,
  type MessageSource,
  Registrar,
  type RegistrarOptions,
  type RegistrarUser,
  type Unbound,
} from './registrar.js';
export type { Rejection } from './rejection.js';
export { SoundChannel, type SoundDevice } from './sound-channel.js';
export { type Protocol, Transport, type TransportOptions } from './transport.js';
export { readWav } from './wav.js';
