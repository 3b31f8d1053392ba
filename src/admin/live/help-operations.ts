import { z } from 'zod';
import { about } from '../about.js';
import { roles, rowOf } from '../operation.js';
import type { HelpDesk } from './help-desk.js';

/** What these operations need of the box. */
export interface HelpBox {
  readonly helpDesk: HelpDesk;
}

const row = rowOf<HelpBox>();

const nothing = z.strictObject({});

const help = z.object({
  /** Whether a profile lets its moderators help the caller; where the present call does not allow it, asking tells why. */
  canAsk: z.boolean(),
  /** `called`: telephones of moderators ring; `helped`: one is in the call. */
  state: z.enum(['none', 'called', 'helped']),
  /** Who is called, or helps. */
  moderators: z.array(z.object({ number: z.string(), name: z.string() })),
});

/** A moderator who is called into one's own call. */
export const helpOperations = [
  row({
    name: 'own-help show',
    about: about('operation.ownHelp.show'),
    roles,
    http: { method: 'GET', path: '/own/help' },
    input: nothing,
    output: help,
    run: async ({ helpDesk }, _input, caller) => helpDesk.own(caller),
  }),
  row({
    name: 'own-help ask',
    about: about('operation.ownHelp.ask'),
    roles,
    http: { method: 'POST', path: '/own/help' },
    input: z.strictObject({
      /** How the moderator joins the call. */
      mode: z.enum(['listen', 'whisper', 'barge']).default('whisper'),
    }),
    output: help,
    async run({ helpDesk }, { mode }, caller) {
      helpDesk.ask(mode, caller);
      return helpDesk.own(caller);
    },
  }),
  row({
    name: 'own-help withdraw',
    about: about('operation.ownHelp.withdraw'),
    roles,
    http: { method: 'POST', path: '/own/help/withdraw' },
    input: nothing,
    output: z.null(),
    async run({ helpDesk }, _input, caller) {
      helpDesk.withdraw(caller);
      return null;
    },
  }),
];
