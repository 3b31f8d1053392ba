import type { Tree } from '../tree.js';

/** What the routes of the web server are for that stand for no operation. */
export const route = {
  sessionLogin: 'Signs somebody in.',
  sessionClaim: 'Makes somebody admin who has the one-time code of the box, and signs them in.',
  sessionWays: 'Tells those who are not signed in how they can get in, and whether this is a demonstration.',
  sessionShow: 'Shows who is signed in.',
  sessionLogout: 'Signs out.',
  eventsWatch: 'Tells what happens as it happens; only some kinds of events if asked to.',
  metricsShow: 'Measurements for Prometheus.',
  healthShow: 'Tells whether the box does what it should: 200, else 503.',
  apiShow: 'Describes this API.',
} satisfies Tree;
