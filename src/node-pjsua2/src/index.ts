export { Account, type AccountOptions, type RegistrationState } from './account.js';
export type { Binding, ContactId, DigestAlgorithm, MessageSource, RegistrarUser } from './binding.js';
export { Call, type CallOptions } from './call.js';
export type {
  CallDigit,
  CallEnd,
  CallIdentity,
  CallMedia,
  CallProgress,
  DigitMethod,
  MediaSilence,
  Redirect,
  TransferRequest,
} from './call-events.js';
export type { CodecName } from './codec.js';
export { Connection, type Sink, type Source, type Volume } from './connection.js';
export type { Encryption } from './encryption.js';
export { Endpoint, type EndpointOptions, type Overflow, type Peer } from './endpoint.js';
export { InvalidStateError, PjsipError } from './errors.js';
export type { IncomingCall, Origin } from './incoming.js';
export type { EndpointStatistics, Level, MediaStatistics, Side } from './native.js';
export { Player, type PlayerOptions, type Segment } from './player.js';
export { Recorder } from './recorder.js';
export { type Bound, Registrar, type RegistrarOptions, type Unbound } from './registrar.js';
export type { Rejection } from './rejection.js';
export { SoundChannel } from './sound-channel.js';
export type { SoundDevice } from './sound-device.js';
export type { TlsIdentity, TlsServer } from './tls.js';
export { type Protocol, Transport, type TransportOptions } from './transport.js';
export type { Subscribed, SubscriptionId, Unsubscribed, Watchable } from './watching.js';
export { readWav } from './wav.js';
