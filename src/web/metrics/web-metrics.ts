import type { EventStreams } from '../events/event-streams.js';
import type { Connections } from '../guard/connections.js';
import type { Metric } from './metric.js';

/** Counts answers by their status. */
export class AnswerCount {
  readonly #byStatus = new Map<number, number>();

  add(status: number): void {
    this.#byStatus.set(status, (this.#byStatus.get(status) ?? 0) + 1);
  }

  get samples(): Metric['samples'] {
    return [...this.#byStatus].map(([status, value]) => ({ labels: { status: String(status) }, value }));
  }
}

/** What the server measures about itself and its process. */
export function webMetrics(answers: AnswerCount, streams: EventStreams, connections: Connections): readonly Metric[] {
  const gauge = (name: string, help: string, value: number): Metric => ({
    name,
    help,
    type: 'gauge',
    samples: [{ value }],
  });
  return [
    { name: 'http_answers_total', help: 'Answers by status.', type: 'counter', samples: answers.samples },
    gauge('http_connections', 'Open connections.', connections.count),
    gauge('event_streams', 'Watchers of live events.', streams.count),
    {
      name: 'event_streams_cut_total',
      help: 'Watchers that were cut off because they read too slowly.',
      type: 'counter',
      samples: [{ value: streams.cut }],
    },
    gauge('resident_memory_bytes', 'Memory of the process.', process.memoryUsage.rss()),
    gauge('uptime_seconds', 'Since the start of the process.', Math.floor(process.uptime())),
  ];
}
