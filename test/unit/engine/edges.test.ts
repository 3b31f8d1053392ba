import type { Connection, Endpoint, Sink, Source } from 'node-pjsua2';
import { expect, test, vi } from 'vitest';
import { PjsuaEdges } from '../../../src/engine/pjsua/edges.js';
import { legId } from '../../../src/primitives/ids.js';
import type { Edge } from '../../../src/switchboard/audio.js';

const edge: Edge = { from: legId('a'), to: legId('b'), gain: 0, levelled: false, side: 'both' };
// They are only handed on.
const [source, sink] = [{} as Source, {} as Sink];

/** Of the endpoint's `connect`, what matters here. */
type Connect = (signal: AbortSignal | undefined) => Promise<Partial<Connection>>;

function edgesOn(connect: Connect) {
  const failed = vi.fn();
  const endpoint: Pick<Endpoint, 'connect'> = {
    connect: async (_from, _to, _volume, options) => (await connect(options?.signal)) as Connection,
  };
  return { edges: new PjsuaEdges(endpoint, failed), failed };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a connection that is no longer wanted does not wait for audio to be given up', async () => {
  let waiting: AbortSignal | undefined;
  const { edges, failed } = edgesOn((signal) => {
    waiting = signal;
    return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('given up'))));
  });
  edges.connect(edge, source, sink);
  await settled();
  edges.disconnect(edge);
  expect(waiting?.aborted).toBe(true);
  await settled();
  expect(failed).not.toHaveBeenCalled();
});

test('a volume that is refused leaves a connection that can be closed', async () => {
  const close = vi.fn(async () => {});
  const { edges, failed } = edgesOn(async () => ({ setVolume: () => Promise.reject(new Error('refused')), close }));
  edges.connect(edge, source, sink);
  edges.setVolume({ ...edge, gain: 3 });
  edges.disconnect(edge);
  await settled();
  expect(failed.mock.calls).toEqual([[{ ...edge, gain: 3 }, 'setVolume', new Error('refused')]]);
  expect(close).toHaveBeenCalledOnce();
});
