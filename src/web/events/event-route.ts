import { z } from 'zod';
import { eventKinds } from '../../admin/event-kinds.js';
import { roles } from '../../admin/operation.js';
import type { Door } from '../access/door.js';
import { aboutOf, apiPrefix, type Route } from '../route.js';
import type { EventStreams } from './event-streams.js';

const input = z.strictObject({
  kinds: z.array(z.enum(eventKinds)).min(1).max(eventKinds.length).optional(),
});

/** Live events as they happen, as server-sent events. */
export const eventRoute = (streams: EventStreams, door: Door): Route => ({
  id: 'eventsWatch',
  method: 'GET',
  path: `${apiPrefix}/events`,
  about: aboutOf('route.eventsWatch'),
  roles,
  input,
  output: z.string().meta({ contentMediaType: 'text/event-stream' }),
  longestBody: 0,
  async answer(given, { caller, credential, source, headers }) {
    if (!caller) throw new Error('nobody watches');
    const stream = streams.open({
      caller,
      kinds: new Set(input.parse(given).kinds ?? eventKinds),
      lastId: [headers['last-event-id']].flat()[0],
      renewed: () => door.callerBy(credential, source, 'watch'),
    });
    return new Response(stream, {
      headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' },
    });
  },
});
