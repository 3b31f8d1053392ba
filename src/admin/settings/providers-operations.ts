import { z } from 'zod';
import { text } from '../../locales/text.js';
import { callerIdentities } from '../../primitives/caller-identity.js';
import { diversions } from '../../primitives/diversion.js';
import { encryptions } from '../../primitives/encryption.js';
import { providers, providerTemplates, sipTrunkWays } from '../../primitives/providers.js';
import { about } from '../about.js';
import { listOf, rowOf } from '../operation.js';

/** They need nothing of the box: what is known of providers is the same for all. */
const row = rowOf<object>();

const template = z.object({
  provider: z.enum(providers),
  name: z.string(),
  /** What an admin still has to look up. */
  hint: z.string(),
  /** The kinds of trunk that lead there. */
  ways: z.array(z.enum(sipTrunkWays)),
  /** Null where each customer has another one. */
  host: z.string().nullable(),
  port: z.int().nullable(),
  transport: z.enum(['udp', 'tcp', 'tls']),
  identity: z.enum(callerIdentities),
  diversion: z.enum(diversions),
  encryption: z.enum(encryptions),
});

/** What is known of providers, to fill in a trunk by. */
export const providersOperations = [
  row({
    name: 'providers list',
    about: about('operation.providers.list'),
    roles: ['read'],
    http: { method: 'GET', path: '/providers' },
    input: z.strictObject({}),
    output: listOf(template),
    async run(_box, _input, { language }) {
      const entries = providers.map((provider) => {
        const { ways, ...known } = providerTemplates[provider];
        const words = {
          name: text(language, `provider.${provider}.name`),
          hint: text(language, `provider.${provider}.hint`),
        };
        return { provider, ...words, ways: [...ways], ...known };
      });
      return { entries };
    },
  }),
];
