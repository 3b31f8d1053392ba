import { createHmac } from 'node:crypto';

/** What is sent to one receiver. */
export interface Message {
  readonly id: string;
  readonly body: Buffer;
}

/**
 * The headers that prove where a message comes from and when (Standard Webhooks, version 1): the receiver computes the same HMAC, and
 * takes nothing that is older than a few minutes.
 */
export function signedHeaders({ id, body }: Message, secret: Buffer, unixSeconds: number): Record<string, string> {
  const hmac = createHmac('sha256', secret).update(`${id}.${unixSeconds}.`).update(body).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(unixSeconds),
    'webhook-signature': `v1,${hmac}`,
  };
}
