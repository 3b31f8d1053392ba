import type { Tree } from '../tree.js';

/** Names in the settings that the first start makes. */
export const firstSettings = {
  leads: 'Leads',
  support: 'Support',
  moderator: 'Moderator',
  handset: 'Handset',
  phone: 'Phone',
  line: 'Exchange line',
} satisfies Tree;
