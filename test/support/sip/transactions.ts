import { randomBytes } from 'node:crypto';
import {
  formatSip,
  parameter,
  parseSip,
  responseTo,
  SipHeaders,
  type SipMessage,
  type SipRequest,
  type SipResponse,
  sequenceOf,
} from './message.js';
import type { SipAddress, SipTransport } from './transport.js';

/** RFC 3261, 17.1.1.1, in milliseconds. */
const t1 = 500;
const t2 = 4000;
const giveUpAfter = 64 * t1;

export interface RequestHandlers {
  readonly onProvisional?: (response: SipResponse) => void;
  /** The first final response, and each repetition of a 2xx to an INVITE, as its ACK got lost. */
  readonly onFinal: (response: SipResponse) => void;
}

export interface TransactionUser {
  onRequest(transaction: ServerTransaction): void;
  /** An INVITE that waits for its answer is taken back. */
  onCancel(invite: ServerTransaction): void;
  onAck(ack: SipRequest): void;
}

/** The transaction layer of RFC 3261, section 17, over one socket. */
export class Transactions {
  readonly #transport: SipTransport;
  readonly #user: TransactionUser;
  readonly #clients = new Map<string, ClientTransaction>();
  readonly #servers = new Map<string, ServerTransaction>();

  constructor(transport: SipTransport, user: TransactionUser) {
    this.#transport = transport;
    this.#user = user;
    transport.receive = (text, from) => this.#receive(text, from);
  }

  get local(): SipAddress {
    return this.#transport.local;
  }

  /** Sends a request until it is answered; after 32 s without one, the answer is a 408 of our own. */
  request(request: SipRequest, to: SipAddress, handlers: RequestHandlers): void {
    const branch = newBranch();
    request.headers.prepend('Via', this.#via(branch));
    const transaction = new ClientTransaction(request, handlers, (message) => this.#send(message, to), this.#reliable);
    const key = clientKey(branch, request.method);
    this.#clients.set(key, transaction);
    transaction.onOver = () => this.#clients.delete(key);
    transaction.start();
  }

  /** Sends an ACK for a 2xx, which is a transaction of nobody (RFC 3261, 13.2.2.4). */
  acknowledge(ack: SipRequest, to: SipAddress): void {
    ack.headers.prepend('Via', this.#via(newBranch()));
    this.#send(ack, to);
  }

  /** Takes back an INVITE that has not been answered yet. */
  cancel(invite: SipRequest, to: SipAddress): void {
    const branch = parameter(invite.headers.get('Via'), 'branch') ?? '';
    const cancel = sameTransactionRequest(invite, 'CANCEL', invite.headers.get('To') ?? '');
    const transaction = new ClientTransaction(
      cancel,
      { onFinal: () => {} },
      (message) => this.#send(message, to),
      this.#reliable,
    );
    const key = clientKey(branch, 'CANCEL');
    this.#clients.set(key, transaction);
    transaction.onOver = () => this.#clients.delete(key);
    transaction.start();
  }

  close(): void {
    for (const client of this.#clients.values()) client.stop();
    for (const server of this.#servers.values()) server.stop();
    this.#transport.close();
  }

  get #reliable(): boolean {
    return this.local.protocol !== 'udp';
  }

  #via(branch: string): string {
    return `SIP/2.0/${this.local.protocol.toUpperCase()} ${this.local.address}:${this.local.port};branch=${branch};rport`;
  }

  #send(message: SipMessage, to: SipAddress): void {
    this.#transport.send(formatSip(message), to);
  }

  #receive(text: string, from: SipAddress): void {
    const message = parseSip(text);
    if (message?.kind === 'response') this.#receiveResponse(message);
    if (message?.kind === 'request') this.#receiveRequest(message, from);
  }

  #receiveResponse(response: SipResponse): void {
    const branch = parameter(response.headers.get('Via'), 'branch') ?? '';
    this.#clients.get(clientKey(branch, sequenceOf(response).method))?.receive(response);
  }

  #receiveRequest(request: SipRequest, from: SipAddress): void {
    if (request.method === 'ACK') this.#receiveAck(request);
    else this.#receiveAnswerable(request, from);
  }

  #receiveAnswerable(request: SipRequest, from: SipAddress): void {
    const key = serverKey(request, request.method);
    const known = this.#servers.get(key);
    if (known) {
      known.repeat();
      return;
    }
    const transaction = new ServerTransaction(request, from, (message) => this.#send(message, from), this.#reliable);
    this.#servers.set(key, transaction);
    transaction.onOver = () => this.#servers.delete(key);
    if (request.method === 'CANCEL') this.#receiveCancel(transaction);
    else this.#user.onRequest(transaction);
  }

  #receiveAck(ack: SipRequest): void {
    const invite = [...this.#servers.values()].find(({ request }) => isAckOf(ack, request));
    invite?.acknowledged();
    if (invite?.isAccepted) this.#user.onAck(ack);
  }

  #receiveCancel(cancel: ServerTransaction): void {
    const invite = this.#servers.get(serverKey(cancel.request, 'INVITE'));
    cancel.respond(responseTo(cancel.request, invite ? 200 : 481, { toTag: 'cancel' }));
    if (invite && !invite.isAnswered) this.#user.onCancel(invite);
  }
}

class ClientTransaction {
  onOver: () => void = () => {};
  readonly #request: SipRequest;
  readonly #handlers: RequestHandlers;
  readonly #send: (message: SipMessage) => void;
  readonly #reliable: boolean;
  #resend: NodeJS.Timeout | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #answered = false;

  constructor(request: SipRequest, handlers: RequestHandlers, send: (message: SipMessage) => void, reliable: boolean) {
    this.#request = request;
    this.#handlers = handlers;
    this.#send = send;
    this.#reliable = reliable;
  }

  start(): void {
    this.#send(this.#request);
    if (!this.#reliable) this.#resendAfter(t1);
    this.#deadline = setTimeout(() => this.#timeOut(), giveUpAfter);
  }

  receive(response: SipResponse): void {
    const isInvite = this.#request.method === 'INVITE';
    if (response.status < 200) {
      if (isInvite) this.stop(); // from now on it may ring for as long as it likes
      if (!this.#answered) this.#handlers.onProvisional?.(response);
      return;
    }
    if (isInvite && response.status >= 300) this.#acknowledgeFailure(response);
    const repeatedAccept = isInvite && response.status < 300;
    if (this.#answered && !repeatedAccept) return;
    this.#answered = true;
    this.stop();
    if (isInvite) this.#deadline = setTimeout(() => this.onOver(), giveUpAfter);
    else this.onOver();
    this.#handlers.onFinal(response);
  }

  stop(): void {
    clearTimeout(this.#resend);
    clearTimeout(this.#deadline);
  }

  #resendAfter(ms: number): void {
    this.#resend = setTimeout(() => {
      this.#send(this.#request);
      this.#resendAfter(this.#request.method === 'INVITE' ? ms * 2 : Math.min(ms * 2, t2));
    }, ms);
  }

  #timeOut(): void {
    this.stop();
    this.onOver();
    this.#handlers.onFinal(responseTo(this.#request, 408, { reason: 'No Answer' }));
  }

  #acknowledgeFailure(response: SipResponse): void {
    this.#send(sameTransactionRequest(this.#request, 'ACK', response.headers.get('To') ?? ''));
  }
}

/** A request from outside that waits for our answer. */
export class ServerTransaction {
  onOver: () => void = () => {};
  readonly request: SipRequest;
  readonly from: SipAddress;
  readonly #send: (message: SipMessage) => void;
  readonly #reliable: boolean;
  #last: SipResponse | undefined;
  #resend: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;

  constructor(request: SipRequest, from: SipAddress, send: (message: SipMessage) => void, reliable: boolean) {
    this.request = request;
    this.from = from;
    this.#send = send;
    this.#reliable = reliable;
  }

  get isAnswered(): boolean {
    return this.#last !== undefined && this.#last.status >= 200;
  }

  get isAccepted(): boolean {
    return this.isAnswered && this.#last !== undefined && this.#last.status < 300;
  }

  /** Sends a response; a final one to an INVITE again and again until it is acknowledged. */
  respond(response: SipResponse): void {
    if (this.isAnswered) return;
    this.#last = response;
    this.#send(response);
    if (response.status < 200) return;
    const needsAck = this.request.method === 'INVITE';
    if (needsAck && (!this.#reliable || response.status < 300)) this.#resendAfter(t1);
    this.#end = setTimeout(() => this.#over(), giveUpAfter);
  }

  acknowledged(): void {
    clearTimeout(this.#resend);
  }

  /** Answers a repeated request as before. */
  repeat(): void {
    if (this.#last) this.#send(this.#last);
  }

  stop(): void {
    clearTimeout(this.#resend);
    clearTimeout(this.#end);
  }

  #resendAfter(ms: number): void {
    this.#resend = setTimeout(() => {
      this.repeat();
      this.#resendAfter(Math.min(ms * 2, t2));
    }, ms);
  }

  #over(): void {
    this.stop();
    this.onOver();
  }
}

function newBranch(): string {
  return `z9hG4bK${randomBytes(10).toString('hex')}`;
}

function clientKey(branch: string, method: string): string {
  return `${branch} ${method}`;
}

function serverKey(request: SipRequest, method: string): string {
  return `${parameter(request.headers.get('Via'), 'branch')} ${method}`;
}

function isAckOf(ack: SipRequest, invite: SipRequest): boolean {
  return (
    invite.method === 'INVITE' &&
    invite.headers.get('Call-ID') === ack.headers.get('Call-ID') &&
    sequenceOf(invite).number === sequenceOf(ack).number
  );
}

/** A CANCEL or the ACK of a refusal: goes the way of its INVITE, with the same branch. */
function sameTransactionRequest(invite: SipRequest, method: 'ACK' | 'CANCEL', to: string): SipRequest {
  const { headers } = invite;
  const copy = new SipHeaders();
  copy.add('Via', headers.get('Via') ?? '');
  for (const route of headers.all('Route')) copy.add('Route', route);
  copy.add('Max-Forwards', '70');
  copy.add('From', headers.get('From') ?? '');
  copy.add('To', to);
  copy.add('Call-ID', headers.get('Call-ID') ?? '');
  copy.add('CSeq', `${sequenceOf(invite).number} ${method}`);
  return { kind: 'request', method, uri: invite.uri, headers: copy, body: '' };
}
