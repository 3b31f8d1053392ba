import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { Endpoint } from 'node-pjsua2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Listening } from '../../src/engine/pjsua/listening.js';
import { Reports } from '../../src/engine/pjsua/reports.js';
import { until } from '../support/waiting.js';

const options = { address: '127.0.0.1', port: 0, transports: ['udp', 'tcp'] } as const;

describe('listening for SIP', () => {
  let endpoint: Endpoint;
  let taken: Server[];

  beforeEach(async () => {
    taken = [];
    endpoint = await Endpoint.create({ userAgent: 'test', rtpPorts: { from: 20_000, to: 20_100 } });
  });
  afterEach(async () => {
    await endpoint.close();
    for (const server of taken) server.close();
  });

  /** Another program takes the port for TCP as soon as the box has it for UDP. */
  function takeTcpPorts(count: number): void {
    const addTransport = endpoint.addTransport.bind(endpoint);
    endpoint.addTransport = async (wanted) => {
      const transport = await addTransport(wanted);
      if (wanted.protocol === 'udp' && taken.length < count) {
        const server = createServer().listen(transport.port, '127.0.0.1');
        await once(server, 'listening');
        taken.push(server);
      }
      return transport;
    };
  }

  it('tries another port where any will do and the first is taken for TCP', async () => {
    takeTcpPorts(3);
    const { addresses } = await Listening.open(endpoint, options, new Reports());
    expect(taken).toHaveLength(3);
    expect(addresses.map(({ protocol }) => protocol)).toEqual(['udp', 'tcp']);
    expect(new Set(addresses.map(({ port }) => port)).size).toBe(1);
  });

  it('fails on a port that was asked for and is taken, and leaves it to others', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    taken.push(server);
    const address = server.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    await expect(Listening.open(endpoint, { ...options, port }, new Reports())).rejects.toMatchObject({ why: 'inUse' });
    server.close();
    await once(server, 'close');
    const { addresses } = await until('the port to be free again', () =>
      Listening.open(endpoint, { ...options, port }, new Reports()).catch(() => undefined),
    );
    expect(addresses.map((each) => each.port)).toEqual([port, port]);
  });

  it('gives up in the end where every port is taken', async () => {
    takeTcpPorts(Number.POSITIVE_INFINITY);
    await expect(Listening.open(endpoint, options, new Reports())).rejects.toMatchObject({ why: 'inUse' });
  });
});
