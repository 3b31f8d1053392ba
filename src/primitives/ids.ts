declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** One signalling and audio relation to one device. Never reused while the appliance runs. */
export type LegId = Brand<string, 'LegId'>;
/** Serial of a call, rising from 1 at each start. */
export type CallId = Brand<number, 'CallId'>;
/** Dialable number of an extension, 2 to 8 digits. */
export type ExtensionNumber = Brand<string, 'ExtensionNumber'>;
export type GroupId = Brand<string, 'GroupId'>;
export type TrunkId = Brand<string, 'TrunkId'>;
export type ProfileId = Brand<string, 'ProfileId'>;
/** One registered phone of an extension. */
export type ContactId = Brand<string, 'ContactId'>;
/** Name of an analog port on the board. */
export type PortId = Brand<string, 'PortId'>;
/** Identifies one running or wanted playback on one leg. Never reused while the appliance runs. */
export type PlaybackId = Brand<string, 'PlaybackId'>;

export const legId = (text: string): LegId => text as LegId;
export const callId = (serial: number): CallId => serial as CallId;
export const extensionNumber = (digits: string): ExtensionNumber => digits as ExtensionNumber;
export const groupId = (text: string): GroupId => text as GroupId;
export const trunkId = (text: string): TrunkId => text as TrunkId;
export const profileId = (text: string): ProfileId => text as ProfileId;
export const contactId = (text: string): ContactId => text as ContactId;
export const portId = (text: string): PortId => text as PortId;
export const playbackId = (text: string): PlaybackId => text as PlaybackId;

/** The contact by which the telephone on a port of the board belongs to its extension. */
export const analogContact = (port: PortId): ContactId => contactId(`analog-${port}`);
