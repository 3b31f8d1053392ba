import type { Feed } from '../events/feed.js';
import { type DeliveryPlace, usualDeliveryLimits } from './outbox.js';
import { Webhooks } from './webhooks.js';

/** Tells receivers from now on, within the usual limits. */
export const openWebhooks = (feed: Feed, place: Omit<DeliveryPlace, 'limits'>): Webhooks =>
  new Webhooks(feed, { ...place, limits: usualDeliveryLimits });
