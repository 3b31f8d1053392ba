import { z } from 'zod';
import { aboutOf, type Route } from '../route.js';
import type { Health, Metric } from './metric.js';
import { prometheusText } from './prometheus.js';

const nothing = z.strictObject({});

/** What monitoring systems ask for. */
export const metricsRoutes = (metrics: () => readonly Metric[], health: () => Health): readonly Route[] => [
  {
    id: 'metricsShow',
    method: 'GET',
    path: '/metrics',
    about: aboutOf('route.metricsShow'),
    roles: ['read'],
    input: nothing,
    output: z.string().meta({ contentMediaType: 'text/plain' }),
    longestBody: 0,
    async answer() {
      return new Response(prometheusText(metrics()), {
        headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
      });
    },
  },
  {
    id: 'healthShow',
    method: 'GET',
    path: '/healthz',
    about: aboutOf('route.healthShow'),
    roles: 'anyone',
    input: nothing,
    output: z.object({ status: z.enum(['ok', 'degraded']) }),
    longestBody: 0,
    async answer() {
      const status = health();
      return status === 'ok' ? { value: { status } } : Response.json({ status }, { status: 503 });
    },
  },
];
