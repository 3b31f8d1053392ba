import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { SipAddress } from './sip/transport.js';

const branch = 'Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKgarbage';
const party = 'From: <sip:x@127.0.0.1>;tag=1\r\nTo: <sip:101@127.0.0.1>\r\nCall-ID: garbage\r\nMax-Forwards: 70';
const request = `INVITE sip:101@127.0.0.1 SIP/2.0\r\n${branch}\r\n${party}\r\nCSeq: 1 INVITE`;

/** What no telephone would send, by name. */
export const garbage: Readonly<Record<string, string | Uint8Array>> = {
  nothing: '',
  'blank lines': '\r\n\r\n\r\n\r\n',
  'every octet': Uint8Array.from({ length: 256 }, (_, octet) => octet),
  'a request line alone': 'INVITE sip:101@127.0.0.1 SIP/2.0\r\n\r\n',
  'another version': `INVITE sip:101@127.0.0.1 SIP/7.3\r\n${branch}\r\n${party}\r\nCSeq: 1 INVITE\r\n\r\n`,
  'a request cut in the middle': request.slice(0, 90),
  'a length below zero': `${request}\r\nContent-Length: -5\r\n\r\nv=0`,
  'a length beyond the end': `${request}\r\nContent-Length: 999999999\r\n\r\nv=0`,
  'a CSeq of another method': `${request.replace('1 INVITE', '1 BYE')}\r\n\r\n`,
  'a CSeq beyond 32 bits': `${request.replace('1 INVITE', '99999999999999999999 INVITE')}\r\n\r\n`,
  'a header without a name': `${request}\r\n: empty\r\n\r\n`,
  'a header without an end': `${request}\r\nSubject: ${'a'.repeat(3000)}`,
  'a thousand Via fields': `INVITE sip:101@127.0.0.1 SIP/2.0\r\n${`${branch}\r\n`.repeat(1000)}${party}\r\nCSeq: 1 INVITE\r\n\r\n`,
  'a body that is no SDP': `${request}\r\nContent-Type: application/sdp\r\nContent-Length: 7\r\n\r\ngarbage`,
  'zeros in a name': `${request.replace('<sip:x', '"\0\0\0" <sip:\0')}\r\n\r\n`,
  'a URI in a URI in a URI': `${request.replace('sip:x@', `${'sip:'.repeat(200)}x@`)}\r\n\r\n`,
  'a response to nothing': `SIP/2.0 200 OK\r\n${branch}\r\n${party}\r\nCSeq: 1 INVITE\r\n\r\n`,
  'a response with no status': `SIP/2.0 OK\r\n${branch}\r\n${party}\r\nCSeq: 1 INVITE\r\n\r\n`,
  'a message as large as a datagram can be': `${request}\r\nSubject: ${'a'.repeat(60_000)}\r\n\r\n`,
};

/** Sends each piece of garbage so many times, in one datagram each. */
export async function throwDatagrams({ address, port }: SipAddress, times: number): Promise<void> {
  const socket = createSocket('udp4');
  for (let round = 0; round < times; round += 1) {
    for (const piece of Object.values(garbage)) {
      await new Promise((resolve) => socket.send(piece, port, address, resolve));
    }
  }
  socket.close();
}

/** Sends each piece of garbage over a connection of its own, which the other side may close, and hangs up. */
export async function throwConnections({ address, port }: SipAddress): Promise<void> {
  for (const piece of Object.values(garbage)) {
    const socket = connect(port, address);
    socket.on('error', () => {}); // closed by the other side in the middle: its good right
    const closed = once(socket, 'close');
    socket.end(piece);
    socket.resume();
    await closed;
  }
}

/** Sends random packets to an RTP port that another telephone is using. */
export async function throwPackets({ address, port }: { address: string; port: number }, count: number): Promise<void> {
  const socket = createSocket('udp4');
  for (let index = 0; index < count; index += 1) {
    const packet = Uint8Array.from({ length: index % 400 }, (_, octet) => (octet * 37 + index * 101) & 0xff);
    await new Promise((resolve) => socket.send(packet, port, address, resolve));
  }
  socket.close();
}
