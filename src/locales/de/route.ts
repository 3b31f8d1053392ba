import type { route as english } from '../en/route.js';
import type { Translation } from '../tree.js';

export const route: Translation<typeof english> = {
  sessionLogin: 'Meldet jemanden an.',
  sessionClaim: 'Macht jemanden zum Admin, der den Einmalcode des Geräts hat, und meldet ihn an.',
  sessionWays: 'Sagt denen, die nicht angemeldet sind, wie sie hineinkommen und ob dies eine Vorführung ist.',
  sessionShow: 'Zeigt, wer angemeldet ist.',
  sessionLogout: 'Meldet ab.',
  eventsWatch: 'Meldet laufend, was geschieht; auf Wunsch nur bestimmte Arten von Ereignissen.',
  metricsShow: 'Messwerte für Prometheus.',
  healthShow: 'Sagt, ob das Gerät tut, was es soll: 200, sonst 503.',
  apiShow: 'Beschreibt diese API.',
};
