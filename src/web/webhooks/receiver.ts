import type { EventKind } from '../events/feed.js';

/** The kinds of events that go out by themselves. */
export const webhookKinds = ['calls', 'monitors'] as const satisfies readonly EventKind[];
export type WebhookKind = (typeof webhookKinds)[number];

/** A program somewhere that wants to be told. */
export interface Receiver {
  readonly id: string;
  /** http or https. */
  readonly url: URL;
  /** The key that what is sent is signed with. */
  readonly secret: Buffer;
  readonly kinds: readonly WebhookKind[];
  /** Whether it may be on the box itself. */
  readonly mayBeLocal: boolean;
}

/** How a receiver is doing. */
export interface ReceiverState {
  readonly id: string;
  readonly waiting: number;
  readonly delivered: number;
  /** Never delivered: too many were waiting, or the receiver would not have them. */
  readonly lost: number;
  /** Why the last attempt failed; null where it did not. */
  readonly trouble: Trouble | null;
}

/** Why something was not delivered. */
export type Trouble =
  | { readonly reason: 'status'; readonly status: number }
  /** The address is the box's own, or no address of the network at all. */
  | { readonly reason: 'forbiddenTarget' }
  | { readonly reason: 'unreachable'; readonly cause: string };
