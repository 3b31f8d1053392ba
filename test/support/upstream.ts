import { randomToken } from './sip/dialog.js';
import { type Credentials, isRightAnswer, parseDigest } from './sip/digest.js';
import {
  formatSip,
  parameter,
  parseNameAddress,
  parseSip,
  responseTo,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from './sip/message.js';
import { openTransport, type SipAddress, type SipTransport, type TransportTls } from './sip/transport.js';
import { UserAgent } from './sip/user-agent.js';

const realm = 'provider.test';

/** One request that proved the password, as it came in. */
export interface AdmittedRequest {
  readonly method: string;
  readonly expires: number | undefined;
}

export interface ProxiedNetwork {
  /** What its customers have to address. */
  readonly domain: string;
  /** Whom the password belongs to. */
  readonly authName: string;
}

/**
 * A telephone provider over UDP or TLS: a registrar that asks everybody for the password (RFC 3261, sections 10 and 22), and behind it a
 * telephone that takes and makes the calls. Calls that come to the registrar are passed on to that telephone unchanged.
 */
export class Upstream {
  /** What it let in after a right answer to a challenge, in its order. */
  readonly admitted: AdmittedRequest[] = [];
  /** Those that were refused as addressed to another network, or not sent by way of its proxy. */
  strayed = 0;
  /** The requests that came without an answer or with a wrong one. */
  challenged = 0;
  /** How long it takes to forget a customer that unregisters: of each it knows one contact only. */
  farewellMs = 0;
  /** How often it has done so. */
  farewells = 0;
  readonly agent: UserAgent;
  readonly #transport: SipTransport;
  readonly #credentials: Credentials[];
  readonly #domain: string | undefined;
  readonly #nonce = randomToken();
  #contact: string | undefined;
  #lastContact = '';
  #customer: SipAddress | undefined;

  /** @param network Where it is only the proxy of a network of another name. */
  static async open(
    credentials: Credentials,
    localAddress = '127.0.0.1',
    tls?: TransportTls,
    network?: ProxiedNetwork,
  ): Promise<Upstream> {
    const transport = await openTransport(tls ? 'tls' : 'udp', localAddress, tls);
    const secure = tls ? { tls, goesThroughServer: true } : {};
    const agent = await UserAgent.open({ server: transport.local, credentials, localAddress, ...secure });
    return new Upstream(transport, agent, credentials, network);
  }

  private constructor(transport: SipTransport, agent: UserAgent, credentials: Credentials, network?: ProxiedNetwork) {
    this.#transport = transport;
    this.agent = agent;
    this.#credentials = [network ? { ...credentials, username: network.authName } : credentials];
    this.#domain = network?.domain;
    transport.receive = (text, from) => this.#receive(text, from);
  }

  /** Where the registrar listens. */
  get address(): SipAddress {
    return this.#transport.local;
  }

  /** The URI that the customer is registered with; undefined while it is not registered. */
  get contact(): string | undefined {
    return this.#contact;
  }

  /** The URI that the customer was last registered with. */
  get lastContact(): string {
    return this.#lastContact;
  }

  /** From now on takes this password too. */
  takePassword(password: string): void {
    const [first] = this.#credentials;
    if (first) this.#credentials.push({ ...first, password });
  }

  close(): void {
    this.agent.close();
    this.#transport.close();
  }

  #receive(text: string, from: SipAddress): void {
    const message = parseSip(text);
    if (this.#isAgent(from, message)) {
      if (this.#customer) this.#transport.send(text, this.#customer);
      return;
    }
    this.#customer = from;
    if (message?.kind !== 'request' || !needsPassword(message)) this.#transport.send(text, this.agent.local);
    else this.#receiveClosed(message, text, from);
  }

  #receiveClosed(request: SipRequest, text: string, from: SipAddress): void {
    if (!this.#isAddressed(request)) {
      this.strayed += 1;
      this.#transport.send(formatSip(responseTo(request, 403, { toTag: randomToken() })), from);
      return;
    }
    if (!this.#isProven(request)) {
      this.challenged += 1;
      this.#transport.send(formatSip(this.#challenge(request)), from);
      return;
    }
    this.admitted.push({ method: request.method, expires: expiresOf(request) });
    if (request.method === 'REGISTER') this.#receiveRegister(request, from);
    else this.#transport.send(text, this.agent.local);
  }

  #receiveRegister(request: SipRequest, from: SipAddress): void {
    const answer = () => this.#transport.send(formatSip(this.#register(request)), from);
    if (expiresOf(request) === 0 && this.farewellMs > 0) setTimeout(answer, this.farewellMs);
    else answer();
  }

  #register(request: SipRequest): SipResponse {
    const contact = request.headers.get('Contact') ?? '';
    if (expiresOf(request) === 0) this.farewells += 1;
    this.#contact = expiresOf(request) === 0 ? undefined : parseNameAddress(contact).uri;
    this.#lastContact = this.#contact ?? this.#lastContact;
    const response = responseTo(request, 200, { toTag: randomToken() });
    if (this.#contact !== undefined) response.headers.set('Contact', `${contact.split('>')[0]}>;expires=300`);
    return response;
  }

  #challenge(request: SipRequest): SipResponse {
    const response = responseTo(request, 401, { toTag: randomToken() });
    response.headers.set(
      'WWW-Authenticate',
      `Digest realm="${realm}", nonce="${this.#nonce}", algorithm=MD5, qop="auth"`,
    );
    return response;
  }

  #isProven({ headers, method }: SipRequest): boolean {
    const answer = headers.get('Authorization');
    if (answer === undefined || parseDigest(answer).get('nonce') !== this.#nonce) return false;
    return this.#credentials.some((credentials) => isRightAnswer(answer, credentials, method));
  }

  /** Whether the request names its network and has come by way of its proxy (RFC 3261, 16.4), where that matters. */
  #isAddressed({ uri, headers }: SipRequest): boolean {
    if (this.#domain === undefined) return true;
    const { host } = parseNameAddress(uri);
    return host === this.#domain && (headers.get('Route') ?? '').includes(`:${this.address.port};`);
  }

  /** A request of its own may come on a connection from any port, but its Via says whose it is. */
  #isAgent({ address, port }: SipAddress, message: SipMessage | undefined): boolean {
    const { local } = this.agent;
    const isItsOwn =
      message?.kind === 'request' && message.headers.get('Via')?.includes(`${local.address}:${local.port};`);
    return isItsOwn === true || (address === local.address && port === local.port);
  }
}

/** Registrations and new calls; what belongs to a call that was let in needs no proof. */
function needsPassword({ method, headers }: SipRequest): boolean {
  return method === 'REGISTER' || (method === 'INVITE' && parameter(headers.get('To'), 'tag') === undefined);
}

function expiresOf({ headers }: SipRequest): number | undefined {
  const value = parameter(headers.get('Contact'), 'expires') ?? headers.get('Expires');
  return value === undefined ? undefined : Number(value);
}
