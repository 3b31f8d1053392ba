import type { Law } from '../audio/g711.js';
import { RtpSession } from '../rtp/session.js';
import { type CallOffer, type InviteHandlers, type Messenger, SipCall } from './call.js';
import { Dialog, randomToken } from './dialog.js';
import { type Credentials, type DigestAlgorithm, DigestClient } from './digest.js';
import {
  parameter,
  parseNameAddress,
  parseSip,
  responseTo,
  SipHeaders,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from './message.js';
import { type RequestHandlers, type ServerTransaction, Transactions, type TransactionUser } from './transactions.js';
import { openTransport, type SipAddress, type SipTransport, type TransportTls } from './transport.js';

export interface UserAgentOptions {
  /** Where the telephone system listens. */
  readonly server: SipAddress;
  readonly credentials: Credentials;
  readonly displayName?: string;
  /** Sends all requests to the server, as to an outbound proxy. */
  readonly goesThroughServer?: boolean;
  /** Address of our own sockets. */
  readonly localAddress?: string;
  /** The address in our Contact, where that is another one, as behind a NAT. */
  readonly contactAddress?: string;
  /** Certificates, where the telephone system is spoken to over TLS. */
  readonly tls?: TransportTls;
  /** Answers only challenges of this algorithm; otherwise the first one offered. */
  readonly algorithm?: DigestAlgorithm;
  readonly codecs?: readonly Law[];
  /** Takes each message as it arrives, repeated ones too. */
  readonly onMessage?: (message: SipMessage) => void;
  /** Octets kept of each RTP payload. */
  readonly keptPayload?: number;
}

/** A call for us. Where nobody wants it, it is refused as busy. */
export type CallListener = (call: SipCall) => void;

const eventPayloadType = 101;
const allowed = 'INVITE, ACK, CANCEL, BYE, INFO, OPTIONS, NOTIFY';

/** A SIP telephone of our own (RFC 3261), made of nothing that the telephone system under test is made of. */
export class UserAgent implements Messenger, TransactionUser {
  onCall: CallListener = (call) => call.refuse(486);
  /** Methods of all requests that came in, in their order. */
  readonly requestsReceived: string[] = [];
  readonly #options: UserAgentOptions;
  readonly #digest: DigestClient;
  readonly #calls = new Map<string, SipCall>();
  readonly #offer: CallOffer;
  readonly #registrationId = `${randomToken()}@modcall.test`;
  readonly #registrationTag = randomToken();
  readonly #transactions: Transactions;
  #registrationSequence = 0;
  #hasPower = true;

  static async open(options: UserAgentOptions): Promise<UserAgent> {
    const { server, localAddress = '127.0.0.1', tls } = options;
    return new UserAgent(options, await openTransport(server.protocol, localAddress, tls));
  }

  private constructor(options: UserAgentOptions, transport: SipTransport) {
    this.#options = options;
    this.#digest = new DigestClient(options.credentials, options.algorithm);
    this.#offer = { codecs: options.codecs ?? ['PCMA', 'PCMU'], eventPayloadType };
    this.#transactions = new Transactions(transport, this);
    if (options.onMessage) listenIn(transport, options.onMessage);
  }

  get local(): SipAddress {
    return this.#transactions.local;
  }

  get contact(): string {
    const { protocol, address, port } = this.local;
    const { credentials, contactAddress = address } = this.#options;
    return `<sip:${credentials.username}@${contactAddress}:${port};transport=${protocol}>`;
  }

  /** The URI of a number at the telephone system. */
  uriOf(number: string): string {
    return `sip:${encodeURIComponent(number)}@${this.#options.server.address}:${this.#options.server.port}`;
  }

  /** Registers for so many seconds, 0 to unregister; resolves with the final response, whatever it is. */
  register(expires = 300): Promise<SipResponse> {
    this.#registrationSequence += 1;
    const headers = new SipHeaders([
      ['Max-Forwards', '70'],
      ['From', `${this.#identity};tag=${this.#registrationTag}`],
      ['To', this.#identity],
      ['Call-ID', this.#registrationId],
      ['CSeq', `${this.#registrationSequence} REGISTER`],
      ['Contact', this.contact],
      ['Expires', String(expires)],
    ]);
    const request: SipRequest = { kind: 'request', method: 'REGISTER', uri: this.#serverUri, headers, body: '' };
    return this.#exchange(request, this.#options.server, () => {
      this.#registrationSequence += 1;
      return this.#registrationSequence;
    });
  }

  /** Calls a number at the telephone system, or a whole SIP URI. */
  async call(
    number: string,
    options: { codecs?: readonly Law[]; headers?: Record<string, string>; rewrite?: (sdp: string) => string } = {},
  ): Promise<SipCall> {
    const dialog = Dialog.outgoing(this.#identity, number.startsWith('sip:') ? number : this.uriOf(number));
    const offer = { ...this.#offer, codecs: options.codecs ?? this.#offer.codecs, rewrite: options.rewrite };
    const call = SipCall.outgoing(
      { messenger: this, dialog, audio: await this.#openAudio(), offer },
      options.headers ?? {},
    );
    this.#calls.set(dialog.callId, call);
    return call;
  }

  /** Sends any request outside a call, answering a challenge; resolves with the final response. */
  request(method: string, headers: Readonly<Record<string, string>> = {}, body = ''): Promise<SipResponse> {
    const dialog = Dialog.outgoing(this.#identity, this.#serverUri);
    const request = dialog.request(method, this.contact);
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
    return this.#exchange({ ...request, body }, this.#options.server, dialog.nextSequence);
  }

  /** Says nothing and answers nothing any more, as if its plug had been pulled. */
  losePower(): void {
    this.#hasPower = false;
    for (const call of this.#calls.values()) call.audio.lose(1);
  }

  /** Ends all calls without a word and frees the socket. */
  close(): void {
    for (const call of this.#calls.values()) call.audio.close();
    this.#transactions.close();
  }

  // What calls need (Messenger).

  invite(request: SipRequest, dialog: Dialog, handlers: InviteHandlers): void {
    this.#send(request, this.#hop(dialog), handlers, dialog.nextSequence);
  }

  exchange(request: SipRequest, dialog: Dialog): Promise<SipResponse> {
    return this.#exchange(request, this.#hop(dialog), dialog.nextSequence);
  }

  acknowledge(invite: SipRequest, dialog: Dialog): void {
    this.#transactions.acknowledge(dialog.acknowledgement(invite, this.contact), this.#hop(dialog));
  }

  cancel(invite: SipRequest): void {
    const { host, port = 5060 } = parseNameAddress(`<${invite.uri}>`);
    this.#transactions.cancel(invite, { protocol: this.local.protocol, address: host, port });
  }

  forget(call: SipCall): void {
    for (const [id, known] of this.#calls) if (known === call) this.#calls.delete(id);
  }

  // What transactions need (TransactionUser).

  onRequest(transaction: ServerTransaction): void {
    if (!this.#hasPower) return;
    const { request } = transaction;
    this.requestsReceived.push(request.method);
    const call = this.#calls.get(request.headers.get('Call-ID') ?? '');
    const isInDialog = parameter(request.headers.get('To'), 'tag') !== undefined;
    if (isInDialog && call) call.receive(transaction);
    else if (isInDialog) transaction.respond(responseTo(request, 481));
    else if (request.method === 'INVITE') void this.#receiveCall(transaction);
    else this.#receiveOther(transaction);
  }

  onCancel({ request }: ServerTransaction): void {
    this.#calls.get(request.headers.get('Call-ID') ?? '')?.cancelled();
  }

  onAck(ack: SipRequest): void {
    this.#calls.get(ack.headers.get('Call-ID') ?? '')?.acknowledged(ack);
  }

  get #identity(): string {
    const name = this.#options.displayName === undefined ? '' : `"${this.#options.displayName}" `;
    return `${name}<${this.uriOf(this.#options.credentials.username)}>`;
  }

  get #serverUri(): string {
    return `sip:${this.#options.server.address}:${this.#options.server.port}`;
  }

  #hop(dialog: Dialog): SipAddress {
    const { server, goesThroughServer = false } = this.#options;
    return goesThroughServer ? server : dialog.nextHop(server.protocol);
  }

  #openAudio(): Promise<RtpSession> {
    return RtpSession.open(this.local.address, this.#options.keptPayload);
  }

  async #receiveCall(transaction: ServerTransaction): Promise<void> {
    transaction.respond(responseTo(transaction.request, 100));
    const dialog = Dialog.incoming(transaction.request);
    const audio = await this.#openAudio();
    const call = SipCall.incoming({ messenger: this, dialog, audio, offer: this.#offer }, transaction);
    this.#calls.set(dialog.callId, call);
    this.onCall(call);
  }

  #receiveOther(transaction: ServerTransaction): void {
    const known = transaction.request.method === 'OPTIONS' || transaction.request.method === 'NOTIFY';
    const response = responseTo(transaction.request, known ? 200 : 405, { toTag: randomToken() });
    response.headers.set('Allow', allowed);
    transaction.respond(response);
  }

  #exchange(request: SipRequest, to: SipAddress, nextSequence: () => number): Promise<SipResponse> {
    return new Promise((resolve) => this.#send(request, to, { onFinal: resolve }, nextSequence));
  }

  /** Sends a request and, once, answers a challenge to it. */
  #send(request: SipRequest, to: SipAddress, handlers: Handlers, nextSequence: () => number, isRetry = false): void {
    const outgoing = this.#authorised(request);
    handlers.onSend?.(outgoing);
    this.#transactions.request(outgoing, to, {
      ...handlers,
      onFinal: (response) => {
        if (isRetry || !this.#digest.accept(challengesOf(response))) {
          handlers.onFinal(response);
          return;
        }
        const again = { ...request, headers: new SipHeaders(request.headers) };
        again.headers.set('CSeq', `${nextSequence()} ${request.method}`);
        this.#send(again, to, handlers, nextSequence, true);
      },
    });
  }

  #authorised(request: SipRequest): SipRequest {
    const headers = new SipHeaders(request.headers).set('User-Agent', 'Modcall test phone').set('Allow', allowed);
    const answer = this.#digest.authorization(request.method, request.uri);
    if (answer !== undefined) headers.set('Authorization', answer);
    return { ...request, headers };
  }
}

function listenIn(transport: SipTransport, onMessage: (message: SipMessage) => void): void {
  const { receive } = transport;
  transport.receive = (text, from) => {
    const message = parseSip(text);
    if (message) onMessage(message);
    receive(text, from);
  };
}

type Handlers = RequestHandlers & Partial<Pick<InviteHandlers, 'onSend'>>;

function challengesOf(response: SipResponse): string[] {
  return response.status === 401 ? response.headers.all('WWW-Authenticate') : [];
}
