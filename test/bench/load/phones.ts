import type { Law } from '../../support/audio/g711.js';
import { Dialog, randomToken } from '../../support/sip/dialog.js';
import { type Credentials, DigestClient } from '../../support/sip/digest.js';
import {
  parseNameAddress,
  responseTo,
  SipHeaders,
  type SipRequest,
  type SipResponse,
} from '../../support/sip/message.js';
import { type ServerTransaction, Transactions, type TransactionUser } from '../../support/sip/transactions.js';
import { openTransport, type SipAddress, type SipTransport } from '../../support/sip/transport.js';
import type { Generator } from './generator.js';
import { PhoneCall } from './phone-call.js';

const registrationSeconds = 3600;

interface Expectation {
  readonly codec: Law;
  readonly answered: (call: PhoneCall) => void;
}

/** The system under test answered otherwise than a measurement needs. */
export class CallRefused extends Error {
  constructor(what: string, { status, reason }: SipResponse) {
    super(`${what} was answered ${status} ${reason}`);
  }
}

/**
 * Hundreds of phones on one socket that know only what a load needs: register, call, answer at once, hang up. Their signalling is made of
 * the same parts as the user agent of the tests; that one carries its audio in its own process, this one in the load generator.
 */
export class Phones implements TransactionUser {
  readonly #server: SipAddress;
  readonly #generator: Generator;
  readonly #accountOf: (user: string) => Credentials;
  readonly #transactions: Transactions;
  readonly #digests = new Map<string, DigestClient>();
  readonly #expected = new Map<string, Expectation>();
  readonly #calls = new Map<string, PhoneCall>();

  static async open(
    server: SipAddress,
    generator: Generator,
    accountOf: (user: string) => Credentials,
  ): Promise<Phones> {
    return new Phones(server, generator, accountOf, await openTransport(server.protocol, server.address));
  }

  private constructor(
    server: SipAddress,
    generator: Generator,
    accountOf: (user: string) => Credentials,
    transport: SipTransport,
  ) {
    this.#server = server;
    this.#generator = generator;
    this.#accountOf = accountOf;
    this.#transactions = new Transactions(transport, this);
  }

  /** @throws CallRefused */
  async register(user: string): Promise<void> {
    const dialog = Dialog.outgoing(this.#identityOf(user), `sip:${this.#host}`);
    const request = dialog.request('REGISTER', this.#contactOf(user));
    request.headers.set('To', this.#identityOf(user)).set('Expires', String(registrationSeconds));
    const { response } = await this.#exchange(user, request, dialog);
    if (response.status !== 200) throw new CallRefused(`REGISTER of ${user}`, response);
  }

  /**
   * Calls a number; resolves when it is answered.
   * @throws CallRefused
   */
  async call(user: string, number: string, codec: Law): Promise<PhoneCall> {
    const dialog = Dialog.outgoing(this.#identityOf(user), this.#uriOf(number));
    const call = new PhoneCall(user, dialog, codec, await this.#generator.openStream());
    const invite = dialog.request('INVITE', this.#contactOf(user));
    invite.headers.set('Content-Type', 'application/sdp');
    const body = call.describe(this.#server.address);
    const { request, response } = await this.#exchange(user, { ...invite, body }, dialog);
    if (response.status >= 300) {
      call.end();
      throw new CallRefused(`the call of ${user} to ${number}`, response);
    }
    dialog.learn(response);
    this.#calls.set(dialog.callId, call);
    this.#acknowledge(request, dialog, user);
    call.take(response.body);
    return call;
  }

  /** Lets a phone answer its next call with this codec; resolves when it has. */
  answered(user: string, codec: Law): Promise<PhoneCall> {
    return new Promise((answered) => this.#expected.set(user, { codec, answered }));
  }

  /** Resolves when the other side has confirmed it. */
  async hangUp(call: PhoneCall): Promise<void> {
    if (!this.#forget(call)) return;
    await this.#exchange(call.user, call.dialog.request('BYE', this.#contactOf(call.user)), call.dialog);
  }

  close(): void {
    for (const call of this.#calls.values()) call.end();
    this.#transactions.close();
  }

  onRequest(transaction: ServerTransaction): void {
    const { request } = transaction;
    const call = this.#calls.get(request.headers.get('Call-ID') ?? '');
    if (request.method === 'INVITE' && call) this.#answerReinvite(transaction, call);
    else if (request.method === 'INVITE') void this.#answer(transaction);
    else transaction.respond(responseTo(request, 200, { toTag: randomToken() }));
    if (request.method === 'BYE' && call) this.#forget(call);
  }

  /** None of these phones ever keeps a caller waiting. */
  onCancel(): void {}

  onAck(): void {}

  async #answer(transaction: ServerTransaction): Promise<void> {
    const { request } = transaction;
    const { user } = parseNameAddress(`<${request.uri}>`);
    const expectation = this.#expected.get(user);
    if (!expectation) {
      transaction.respond(responseTo(request, 486, { toTag: randomToken() }));
      return;
    }
    this.#expected.delete(user);
    transaction.respond(responseTo(request, 100));
    const dialog = Dialog.incoming(request);
    const call = new PhoneCall(user, dialog, expectation.codec, await this.#generator.openStream());
    this.#calls.set(dialog.callId, call);
    call.take(request.body);
    transaction.respond(this.#acceptance(request, call));
    expectation.answered(call);
  }

  #answerReinvite(transaction: ServerTransaction, call: PhoneCall): void {
    call.dialog.refresh(transaction.request.headers);
    call.take(transaction.request.body);
    transaction.respond(this.#acceptance(transaction.request, call));
  }

  #acceptance(request: SipRequest, call: PhoneCall): SipResponse {
    const body = call.describe(this.#server.address);
    const response = responseTo(request, 200, { toTag: call.dialog.localTag, body });
    response.headers.set('Contact', this.#contactOf(call.user)).set('Content-Type', 'application/sdp');
    return response;
  }

  /** False when the call is over already. */
  #forget(call: PhoneCall): boolean {
    const isLive = this.#calls.delete(call.dialog.callId);
    if (isLive) call.end();
    return isLive;
  }

  #acknowledge(invite: SipRequest, dialog: Dialog, user: string): void {
    this.#transactions.acknowledge(dialog.acknowledgement(invite, this.#contactOf(user)), this.#hop(dialog));
  }

  /** Sends a request, again with an answer when it is challenged; the final response, and the request that got it. */
  async #exchange(user: string, request: SipRequest, dialog: Dialog): Promise<Exchange> {
    const first = await this.#try(user, request, dialog);
    if (first.response.status !== 401 && first.response.status !== 407) return first;
    if (!this.#digestOf(user).accept(challengesOf(first.response))) return first;
    const again = { ...request, headers: new SipHeaders(request.headers) };
    again.headers.set('CSeq', `${dialog.nextSequence()} ${request.method}`);
    return this.#try(user, again, dialog);
  }

  #try(user: string, request: SipRequest, dialog: Dialog): Promise<Exchange> {
    const outgoing = { ...request, headers: new SipHeaders(request.headers) };
    const answer = this.#digestOf(user).authorization(request.method, request.uri);
    if (answer !== undefined) outgoing.headers.set('Authorization', answer);
    return new Promise((resolve) =>
      this.#transactions.request(outgoing, this.#hop(dialog), {
        onFinal: (response) => resolve({ request: outgoing, response }),
      }),
    );
  }

  #digestOf(user: string): DigestClient {
    const known = this.#digests.get(user) ?? new DigestClient(this.#accountOf(user));
    this.#digests.set(user, known);
    return known;
  }

  #hop(dialog: Dialog): SipAddress {
    return dialog.nextHop(this.#server.protocol);
  }

  get #host(): string {
    return `${this.#server.address}:${this.#server.port}`;
  }

  #uriOf(user: string): string {
    return `sip:${user}@${this.#host}`;
  }

  #identityOf(user: string): string {
    return `<${this.#uriOf(user)}>`;
  }

  #contactOf(user: string): string {
    const { address, port } = this.#transactions.local;
    return `<sip:${user}@${address}:${port}>`;
  }
}

interface Exchange {
  readonly request: SipRequest;
  readonly response: SipResponse;
}

function challengesOf(response: SipResponse): string[] {
  return [...response.headers.all('WWW-Authenticate'), ...response.headers.all('Proxy-Authenticate')];
}
