import type { EventKind } from '../../admin/event-kinds.js';
import type { WebhookStatus, WebhookTrouble, webhookEvents } from '../../admin/webhooks-operations.js';

/** The kinds of events that go out by themselves. */
export type WebhookKind = (typeof webhookEvents)[number] & EventKind;

/** A program somewhere that wants to be notified. */
export interface Receiver {
  readonly id: string;
  /** http or https. */
  readonly url: URL;
  /** The key that signs what is sent. */
  readonly secret: Buffer;
  readonly kinds: readonly WebhookKind[];
  /** Whether it may be on the box itself. */
  readonly mayBeLocal: boolean;
}

/** How a receiver is doing. */
export type ReceiverState = Omit<WebhookStatus, 'enabled'>;

/** Why something was not delivered. */
export type Trouble = WebhookTrouble;
