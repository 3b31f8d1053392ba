import { once } from 'node:events';
import { type Call, Endpoint, type EndpointOptions } from '../../../../src/node-pjsua2/src/index.js';

/** An endpoint that calls itself: both legs live in one process. */
export class SelfCaller {
  static async start(options: Partial<EndpointOptions> = {}): Promise<SelfCaller> {
    const endpoint = await Endpoint.create({ userAgent: 'self', rtpPorts: { from: 40_000, to: 49_000 }, ...options });
    const { port } = await endpoint.addTransport({ protocol: 'udp', address: '127.0.0.1', port: 0 });
    endpoint.setPeers([{ name: 'self', addresses: ['127.0.0.1'] }]);
    return new SelfCaller(endpoint, `sip:self@127.0.0.1:${port}`);
  }

  private constructor(
    readonly endpoint: Endpoint,
    readonly uri: string,
  ) {}

  /** Both legs of an answered call. */
  async call(): Promise<{ readonly caller: Call; readonly callee: Call }> {
    const incoming = once(this.endpoint, 'incomingCall');
    const caller = this.endpoint.call({ to: this.uri });
    const answered = once(caller, 'answered');
    const [callee] = (await incoming) as [Call];
    const acknowledged = once(callee, 'answered');
    callee.answer();
    await Promise.all([answered, acknowledged]);
    return { caller, callee };
  }
}
