import {
  type Bound,
  type Call,
  Endpoint,
  type EndpointOptions,
  type IncomingCall,
  type Registrar,
  type RegistrarOptions,
  type Rejection,
  type Transport,
  type Unbound,
} from '../../../src/node-pjsua2/src/index.js';
import { until } from '../../support/waiting.js';
import { RawPhone, realm } from './raw-sip.js';

/** Short enough for a test to see a binding expire. */
export const minExpires = 2;

export const users = [
  { username: 'alice', password: 'correct horse' },
  { username: 'bob', password: 'battery staple' },
];

/** An endpoint with a registrar on loopback, and all it tells. */
export class AnsweringEndpoint {
  readonly bound: Bound[] = [];
  readonly unbound: Unbound[] = [];
  readonly rejections: Rejection[] = [];
  readonly calls: IncomingCall[] = [];
  /** What becomes of a call. */
  onCall: (call: Call) => void = (call) => call.reject(486);
  readonly #phones: RawPhone[] = [];

  static async start(
    options: Partial<RegistrarOptions> = {},
    maxCalls = 300,
    more: Partial<EndpointOptions> = {},
  ): Promise<AnsweringEndpoint> {
    const endpoint = await Endpoint.create({ userAgent: 'answering endpoint', maxCalls, ...more });
    const udp = await endpoint.addTransport({ protocol: 'udp', address: '127.0.0.1', port: 0 });
    const tcp = await endpoint.addTransport({ protocol: 'tcp', address: '127.0.0.1', port: 0 });
    const registrar = endpoint.createRegistrar({ realm, minExpires, maxContactsPerUser: 3, ...options });
    registrar.setUsers(users);
    return new AnsweringEndpoint(endpoint, registrar, udp, tcp.port);
  }

  private constructor(
    readonly endpoint: Endpoint,
    readonly registrar: Registrar,
    readonly udp: Transport,
    readonly tcpPort: number,
  ) {
    registrar.on('bound', (event) => this.bound.push(event));
    registrar.on('unbound', (event) => this.unbound.push(event));
    endpoint.on('rejected', (event) => this.rejections.push(event));
    endpoint.on('incomingCall', (call, info) => {
      this.calls.push(info);
      this.onCall(call);
    });
  }

  get port(): number {
    return this.udp.port;
  }

  async phone(): Promise<RawPhone> {
    const phone = await RawPhone.open(this.port);
    this.#phones.push(phone);
    return phone;
  }

  rejected(kind: Rejection['kind']): Promise<Rejection> {
    return until(
      () =>
        `a rejection of kind ${kind} among ${this.rejections.map((rejection) => rejection.kind).join(', ') || 'none'}`,
      () => this.rejections.find((rejection) => rejection.kind === kind),
    );
  }

  forget(): void {
    for (const list of [this.bound, this.unbound, this.rejections, this.calls]) list.splice(0);
  }

  async close(): Promise<void> {
    for (const phone of this.#phones) phone.close();
    await this.endpoint.close();
  }
}
