import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** The two ports of a phone, for RTP and RTCP (RFC 3550, 11), which only listens there. */
export class PortPair {
  readonly address = '127.0.0.1';
  readonly rtp: Buffer[] = [];
  readonly rtcp: Buffer[] = [];

  static async open(): Promise<PortPair> {
    for (;;) {
      const rtp = await bound(0);
      const { port } = rtp.address();
      const rtcp = port % 2 === 0 ? await bound(port + 1).catch(() => undefined) : undefined;
      if (rtcp) return new PortPair(rtp, rtcp);
      rtp.close();
    }
  }

  private constructor(
    private readonly rtpSocket: Socket,
    private readonly rtcpSocket: Socket,
  ) {
    rtpSocket.on('message', (packet) => this.rtp.push(packet));
    rtcpSocket.on('message', (packet) => this.rtcp.push(packet));
  }

  get port(): number {
    return this.rtpSocket.address().port;
  }

  close(): void {
    this.rtpSocket.close();
    this.rtcpSocket.close();
  }
}

async function bound(port: number): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(port, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}
