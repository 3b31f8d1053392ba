import type { WebhooksBox } from '../../admin/webhooks-operations.js';
import type { BoxClock } from '../../gateway/clock.js';
import type { Log } from '../../log/log.js';
import type { Settings, WebhookSettings } from '../../store/settings/settings-schema.js';
import type { Feed } from '../../web/events/feed.js';
import type { Receiver, Trouble } from '../../web/webhooks/receiver.js';
import type { Webhooks } from '../../web/webhooks/webhooks.js';

/** Notifies the programs that the settings name. While they name none, nothing is loaded and no event is built for it. */
export class WebhookDelivery {
  #present: Promise<Webhooks | null> = Promise.resolve(null);
  #webhooks: Webhooks | null = null;

  constructor(
    private readonly feed: Feed,
    private readonly clock: BoxClock,
    private readonly log: Log,
  ) {}

  /** What operations can ask about it. */
  readonly asked: WebhooksBox['webhooks'] = {
    status: () => this.#webhooks?.states ?? [],
    test: async (id) => (await this.#present)?.test(id),
  };

  /** Follows these settings from now on. */
  apply({ webhooks }: Settings): void {
    const receivers = webhooks.filter(({ enabled }) => enabled).map(receiverOf);
    this.#present = this.#present
      .then((present) => this.#set(present, receivers))
      .catch((error: unknown) => {
        this.log.error({ error }, 'webhooks cannot be sent');
        return this.#webhooks;
      });
  }

  async close(): Promise<void> {
    (await this.#present)?.close();
  }

  async #set(present: Webhooks | null, receivers: readonly Receiver[]): Promise<Webhooks | null> {
    if (receivers.length === 0) present?.close();
    this.#webhooks = receivers.length === 0 ? null : (present ?? (await this.#open()));
    this.#webhooks?.setReceivers(receivers);
    return this.#webhooks;
  }

  async #open(): Promise<Webhooks> {
    const { openWebhooks } = await import('../../web/webhooks/open-webhooks.js');
    return openWebhooks(this.feed, {
      now: () => this.clock.wall.time,
      onTrouble: (webhook, trouble) => this.#say(webhook, trouble),
    });
  }

  /** Without the address, which may hold a secret. */
  #say(webhook: string, trouble: Trouble | null): void {
    if (trouble) this.log.warn({ webhook, trouble }, 'a webhook cannot be delivered');
    else this.log.info({ webhook }, 'a webhook can be delivered again');
  }
}

const receiverOf = ({ id, url, secret, events, place }: WebhookSettings): Receiver => ({
  id,
  url: new URL(url),
  secret: Buffer.from(secret.replace(/^whsec_/, ''), 'base64'),
  kinds: events,
  mayBeLocal: place === 'box',
});
