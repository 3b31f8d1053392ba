import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { Endpoint } from '../../../../src/node-pjsua2/src/index.js';
import { certificateOne } from '../../../support/certificates.js';

// node tcp-ends.js: a listener over TCP or TLS is closed, and then the endpoint, while calls over it begin, talk, and wait for an ACK that never
// comes. Meant for a run with AddressSanitizer, too (scripts/asan.sh).

const sdp = ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0', 'm=audio 9 RTP/AVP 8', ''].join(
  '\r\n',
);

/** A phone on a connection of its own, as text. */
class TcpPhone {
  #heard = '';

  static async open(protocol: 'tcp' | 'tls', port: number): Promise<TcpPhone> {
    const to = { port, host: '127.0.0.1', ca: certificateOne.certificate };
    const socket = protocol === 'tcp' ? connect(to) : connectSecurely(to);
    await once(socket, protocol === 'tcp' ? 'connect' : 'secureConnect');
    return new TcpPhone(socket, protocol);
  }

  private constructor(
    readonly socket: Socket,
    readonly protocol: 'tcp' | 'tls',
  ) {
    socket.on('data', (data) => (this.#heard += data.toString()));
    socket.on('error', () => {}); // the endpoint closes it in the end
  }

  send(method: string, sequence: number, tag = '', body = ''): void {
    const lines = [
      `${method} sip:100@127.0.0.1 SIP/2.0`,
      `Via: SIP/2.0/${this.protocol.toUpperCase()} 127.0.0.1:9;branch=z9hG4bK${method}${sequence}${this.socket.localPort}`,
      `From: <sip:phone@127.0.0.1>;tag=${this.socket.localPort}`,
      `To: <sip:100@127.0.0.1>${tag}`,
      `Call-ID: ${this.socket.localPort}`,
      `CSeq: ${sequence} ${method}`,
      `Contact: <sip:phone@127.0.0.1:${this.socket.localPort};transport=${this.protocol}>`,
      ...(body === '' ? [] : ['Content-Type: application/sdp']),
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    this.socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  }

  /** The first part of what was heard that looks so. */
  async hears(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.#heard);
      if (found) return found[1] ?? found[0];
      await once(this.socket, 'data');
    }
  }

  async dial(): Promise<string> {
    this.send('INVITE', 1, '', sdp);
    return `;tag=${await this.hears(/SIP\/2\.0 200[\s\S]*?\nTo:[^\n]*;tag=([^\s;]+)/)}`;
  }
}

const runs = (['tcp', 'tls'] as const).flatMap((protocol) =>
  [true, false].map((closesListener) => ({ protocol, closesListener })),
);
for (const { protocol, closesListener } of runs) {
  const endpoint = await Endpoint.create({ userAgent: 'tcp', rtpPorts: { from: 40_000, to: 41_000 } });
  if (protocol === 'tls') endpoint.setTlsIdentity(certificateOne);
  const transport = await endpoint.addTransport({ protocol, address: '127.0.0.1', port: 0 });
  endpoint.setPeers([{ name: 'self', addresses: ['127.0.0.1'] }]);
  endpoint.on('incomingCall', (call) => call.answer());
  const [talking, unacknowledged, other] = await Promise.all(
    [1, 2, 3].map(() => TcpPhone.open(protocol, transport.port)),
  );
  assert(talking && unacknowledged && other);
  const tag = await talking.dial();
  talking.send('ACK', 1, tag);
  await unacknowledged.dial();
  const ringing = endpoint.call({ to: `sip:x@127.0.0.1:${other.socket.localPort};transport=${protocol}` });
  await other.hears(/INVITE/);
  if (closesListener) {
    transport.close();
    talking.send('BYE', 2, tag);
    await talking.hears(/SIP\/2\.0 200[\s\S]*?CSeq: 2 BYE/);
  }
  ringing.hangUp();
  await endpoint.close();
}
process.disconnect?.();
