import { z } from 'zod';
import { AdminError } from '../store/admin-error.js';
import { webhookSchema } from '../store/settings/settings-schema.js';
import { about } from './about.js';
import { listOf, rowOf } from './operation.js';
import type { SettingsBox } from './settings/settings-change.js';

export { familyOf, hostOf, isLocalhost, isNowhere } from '../store/settings/receiver-address.js';
export { webhookEvents } from '../store/settings/settings-schema.js';

/** Why something was not delivered. */
export const webhookTrouble = z.discriminatedUnion('reason', [
  z.object({ reason: z.literal('status'), status: z.int() }),
  /** The address is the box's own, or no address of the network at all. */
  z.object({ reason: z.literal('forbiddenTarget') }),
  z.object({ reason: z.literal('unreachable'), cause: z.string() }),
]);

/** How a program that is told is doing. */
const status = z.object({
  id: z.string(),
  enabled: z.boolean(),
  /** Messages, since the start of the box. */
  waiting: z.int(),
  delivered: z.int(),
  /** Never delivered: too many were waiting, or the program would not have them. */
  lost: z.int(),
  lastDelivery: z.iso.datetime().nullable(),
  lastFault: z.object({ at: z.iso.datetime(), trouble: webhookTrouble }).nullable(),
});

export type WebhookStatus = Readonly<z.input<typeof status>>;
export type WebhookTrouble = Readonly<z.output<typeof webhookTrouble>>;

/** What these operations need of the box. */
export interface WebhooksBox extends SettingsBox {
  readonly webhooks: {
    /** Of those that are enabled. */
    status(): readonly Omit<WebhookStatus, 'enabled'>[];
    /** Sends a message of its own, past what waits; null when it was taken, undefined where there is none of this ID that is enabled. */
    test(id: string): Promise<WebhookTrouble | null | undefined>;
  };
}

const row = rowOf<WebhooksBox>();

const never = { waiting: 0, delivered: 0, lost: 0, lastDelivery: null, lastFault: null };

/** How those are doing that the settings have as webhooks. */
export const webhooksOperations = [
  row({
    name: 'webhooks status',
    about: about('operation.webhooks.status'),
    roles: ['admin'],
    http: { method: 'GET', path: '/webhook-status' },
    input: z.strictObject({}),
    output: listOf(status),
    async run({ settings, webhooks }) {
      const known = new Map(webhooks.status().map((each) => [each.id, each]));
      return {
        entries: settings.current.settings.webhooks.map(({ id, enabled }) => ({
          id,
          ...never,
          ...known.get(id),
          enabled,
        })),
      };
    },
  }),
  row({
    name: 'webhooks test',
    about: about('operation.webhooks.test'),
    roles: ['admin'],
    http: { method: 'POST', path: '/webhooks/{id}/test' },
    input: z.strictObject({ id: webhookSchema.shape.id }),
    output: z.object({ isDelivered: z.boolean(), trouble: webhookTrouble.nullable() }),
    async run({ webhooks }, { id }) {
      const trouble = await webhooks.test(id);
      if (trouble === undefined)
        throw new AdminError({ code: 'settings.noSuchWebhook', params: { id } }, { kind: 'missing' });
      return { isDelivered: trouble === null, trouble };
    },
  }),
];
