/** Names a subscription for as long as it lives. */
export type SubscriptionId = number;

/** A user, or another number, whose state may be watched. */
export interface Watchable {
  /** The user part of its URI. */
  readonly resource: string;
  /** The users who may watch it. Default: all. */
  readonly watchers?: readonly string[];
}

export interface Subscribed {
  readonly subscription: SubscriptionId;
  /** Who watches. */
  readonly username: string;
  readonly resource: string;
  /** In seconds; 0 for one that ends, and is told the state once more. */
  readonly expiresIn: number;
}

export interface Unsubscribed {
  readonly subscription: SubscriptionId;
  /**
   * ended: by the watcher; expired: not refreshed in time; unregistered: the registration of the watcher's phone has ended; forbidden: it
   * may not be watched any more, or not by this user; refused: the watcher did not take what it was told; dropped: lost from sight.
   */
  readonly reason: 'ended' | 'expired' | 'unregistered' | 'forbidden' | 'refused' | 'dropped';
}
