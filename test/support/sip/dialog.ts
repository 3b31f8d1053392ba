import { randomBytes } from 'node:crypto';
import { parameter, parseNameAddress, SipHeaders, type SipRequest, type SipResponse, sequenceOf } from './message.js';
import type { SipAddress } from './transport.js';

/** The two ends of a call and the way between them (RFC 3261, section 12). */
export class Dialog {
  readonly callId: string;
  readonly local: string;
  #remote: string;
  #target: string;
  #routes: readonly string[] = [];
  #sequence: number;

  /** A dialog that we begin: the tag of the other side comes with its first response. */
  static outgoing(local: string, remoteUri: string): Dialog {
    return new Dialog(`${randomToken()}@modcall.test`, withTag(local), `<${remoteUri}>`, remoteUri, 1);
  }

  /** A dialog that the INVITE of another begins. */
  static incoming(invite: SipRequest): Dialog {
    const { headers } = invite;
    const from = headers.get('From') ?? '';
    const target = parseNameAddress(headers.get('Contact') ?? from).uri;
    const dialog = new Dialog(headers.get('Call-ID') ?? '', withTag(headers.get('To') ?? ''), from, target, 1);
    dialog.#routes = headers.all('Record-Route');
    return dialog;
  }

  private constructor(callId: string, local: string, remote: string, target: string, sequence: number) {
    this.callId = callId;
    this.local = local;
    this.#remote = remote;
    this.#target = target;
    this.#sequence = sequence;
  }

  get localTag(): string {
    return parameter(this.local, 'tag') ?? '';
  }

  /** Empty until the other side has answered. */
  get remoteTag(): string {
    return parameter(this.#remote, 'tag') ?? '';
  }

  /** The next CSeq number. */
  readonly nextSequence = (): number => {
    this.#sequence += 1;
    return this.#sequence;
  };

  /** Learns the other side's tag, contact and route from its answer. */
  learn(response: SipResponse): void {
    this.#remote = response.headers.get('To') ?? this.#remote;
    this.refresh(response.headers);
    if (this.#routes.length === 0) this.#routes = response.headers.all('Record-Route').reverse();
  }

  /** Takes over a new contact of the other side. */
  refresh(headers: SipHeaders): void {
    const contact = headers.get('Contact');
    if (contact !== undefined) this.#target = parseNameAddress(contact).uri;
  }

  /** A request within the dialog. */
  request(method: string, contact: string, sequence = this.nextSequence()): SipRequest {
    const headers = new SipHeaders([
      ['Max-Forwards', '70'],
      ['From', this.local],
      ['To', this.#remote],
      ['Call-ID', this.callId],
      ['CSeq', `${sequence} ${method}`],
      ['Contact', contact],
      ...this.#routes.map((route): [string, string] => ['Route', route]),
    ]);
    return { kind: 'request', method, uri: this.#target, headers, body: '' };
  }

  /** The ACK for a 2xx to the given INVITE. */
  acknowledgement(invite: SipRequest, contact: string): SipRequest {
    return this.request('ACK', contact, sequenceOf(invite).number);
  }

  /** Where requests within the dialog go: the first route, else the contact. */
  nextHop(protocol: SipAddress['protocol']): SipAddress {
    const { host, port = 5060 } = parseNameAddress(this.#routes[0] ?? `<${this.#target}>`);
    return { protocol, address: host, port };
  }
}

export function randomToken(): string {
  return randomBytes(8).toString('hex');
}

function withTag(value: string): string {
  return parameter(value, 'tag') === undefined ? `${value};tag=${randomToken()}` : value;
}
