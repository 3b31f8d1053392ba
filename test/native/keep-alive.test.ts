import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Call } from '../../src/node-pjsua2/src/index.js';
import { until } from '../support/waiting.js';
import { LocalEndpoint } from './support/local-endpoint.js';
import { PortPair } from './support/port-pair.js';
import { RawCall } from './support/raw-call.js';

/** Reports come every six seconds, empty packets after fifteen without RTP, looked for once a second; a busy machine is later. */
const patienceMs = 60_000;
const senderReport = 200;
const receiverReport = 201;
/** When a call is held. */
const packetsOnTheirWay = 50;

describe('a silent phone', () => {
  let local: LocalEndpoint;
  const phones: { readonly phone: RawCall; readonly ports: PortPair }[] = [];

  beforeAll(async () => {
    local = await LocalEndpoint.start({ codecs: ['PCMA'] });
  });
  afterAll(async () => {
    for (const { ports } of phones) ports.close();
    await local.close();
  });

  const dial = async (direction: 'sendrecv' | 'recvonly' | 'sendonly' | 'inactive', isMute = true) => {
    const incoming = once(local.endpoint, 'incomingCall');
    const ports = await PortPair.open();
    const dialled = RawCall.dial(local.udp.port, { ...(isMute ? { announced: ports } : {}), direction, isMute });
    const [call] = (await incoming) as [Call];
    const answered = once(call, 'answered');
    call.answer();
    const phone = await dialled;
    await answered;
    phones.push({ phone, ports });
    return { phone, ports, call };
  };

  const reports = (ports: PortPair, type: number) => ports.rtcp.filter((packet) => packet[1] === type).length;

  it('learns from reports that we are there, and its NAT is kept open when it gets no audio', async () => {
    const listener = await dial('recvonly');
    const talker = await dial('sendrecv', false);
    await local.endpoint.connect(talker.call, listener.call);
    const holding = await dial('sendrecv');
    expect(await holding.phone.renegotiate('8 101', 'inactive')).toBe(200);
    const heardUntilThen = holding.ports.rtp.length;

    await until('reports to the one who listens', () => reports(listener.ports, senderReport) >= 2, patienceMs);
    await until('reports to the one who holds', () => reports(holding.ports, receiverReport) >= 2, patienceMs);
    const emptyPackets = ({ ports }: { ports: PortPair }) => ports.rtp.filter((packet) => packet.length === 0).length;
    await until('an empty packet', () => emptyPackets(holding) > 0, patienceMs);
    expect(holding.ports.rtp.slice(heardUntilThen + packetsOnTheirWay).filter(({ length }) => length > 0)).toEqual([]);
    expect(emptyPackets(listener)).toBe(0);
    for (const { phone } of phones.splice(0)) await phone.hangUp();
  });

  it.each(['sendonly', 'inactive'] as const)(
    'learns this even if it holds from its first offer on: %s',
    async (direction) => {
      const { phone, ports } = await dial(direction);
      await until('reports', () => reports(ports, receiverReport) >= 2, patienceMs);
      await until('an empty packet', () => ports.rtp.some((packet) => packet.length === 0), patienceMs);
      await phone.hangUp();
    },
  );
});
