import { z } from 'zod';
import type { PageAction } from '../page/messages.js';

const port = z.string().max(40);
const key = z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '#']);
/** As long as caller ID can be (PROTOCOL.md, 4). */
const caller = z.strictObject({ number: z.string().regex(/^[0-9+*#]{0,20}$/), name: z.string().max(60) });

/** Checks what came from a page. */
export const pageAction: z.ZodType<PageAction> = z.discriminatedUnion('do', [
  z.strictObject({ do: z.enum(['lift', 'hangUp', 'flash', 'stopRinging', 'hangUpFarEnd']), port }),
  z.strictObject({ do: z.enum(['hold', 'release']), port, key }),
  z.strictObject({ do: z.literal('ring'), port, caller }),
  z.strictObject({ do: z.literal('listenAt'), port: port.nullable() }),
  z.strictObject({ do: z.enum(['pressButton', 'releaseButton']) }),
]);
