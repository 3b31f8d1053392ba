import type { Law } from '../audio/g711.js';
import type { RtpSession } from '../rtp/session.js';
import { until } from '../waiting.js';
import type { Dialog } from './dialog.js';
import { type NameAddress, parseNameAddress, responseTo, type SipRequest, type SipResponse } from './message.js';
import { type AudioDescription, type Direction, formatSdp, mirrored, parseSdp } from './sdp.js';
import type { RequestHandlers, ServerTransaction } from './transactions.js';

export type CallState = 'calling' | 'ringing' | 'talking' | 'ended';

export interface CallEnd {
  /** The SIP status that ended the attempt; 200 for a call that was hung up. */
  readonly status: number;
  readonly reason: string;
  readonly by: 'us' | 'them';
  /** The Reason field (RFC 3326) of the BYE or CANCEL. */
  readonly reasonField: string | undefined;
}

export interface CallOffer {
  readonly codecs: readonly Law[];
  /** Payload type offered for telephone-event; undefined offers none. */
  readonly eventPayloadType: number | undefined;
  /** Makes something else of the SDP of every offer and answer. */
  readonly rewrite?: ((sdp: string) => string) | undefined;
}

/** What a call needs of its user agent. */
export interface Messenger {
  /** Our own Contact value. */
  readonly contact: string;
  /** Sends an INVITE; `onSend` tells the request as it went out, again after a challenge. */
  invite(request: SipRequest, dialog: Dialog, handlers: InviteHandlers): void;
  /** Sends a request within a call; answers challenges; resolves with the final response. */
  exchange(request: SipRequest, dialog: Dialog): Promise<SipResponse>;
  acknowledge(invite: SipRequest, dialog: Dialog): void;
  cancel(invite: SipRequest): void;
  forget(call: SipCall): void;
}

export interface InviteHandlers extends RequestHandlers {
  readonly onSend: (request: SipRequest) => void;
}

interface Parts {
  readonly messenger: Messenger;
  readonly dialog: Dialog;
  readonly audio: RtpSession;
  readonly offer: CallOffer;
}

const busyRetryMs = 200;
const maxReinvites = 10;

/** One call of a user agent, whoever began it. */
export class SipCall {
  state: CallState;
  end: CallEnd | undefined;
  /** Provisional responses that came, 100 left out. */
  readonly progress: { readonly status: number; readonly hasAudio: boolean }[] = [];
  /** Methods of the requests that came within the call, in their order. */
  readonly requestsReceived: string[] = [];
  /** Digits that came by INFO. */
  infoDigits = '';
  /** SIP statuses by which we were told how the transfers go that we asked for (RFC 3515, 2.4.5), 100 left out. */
  readonly transferStatuses: number[] = [];
  /** Whom the call is with, as the other side tells it. */
  readonly party: NameAddress;
  readonly audio: RtpSession;
  readonly invite: SipRequest;
  readonly #messenger: Messenger;
  readonly #dialog: Dialog;
  readonly #waiting: ServerTransaction | undefined;
  #offer: CallOffer;
  #sent: SipRequest | undefined;
  #remote: AudioDescription | undefined;
  #direction: Direction = 'sendrecv';
  #sdpVersion = 0;
  #said: Readonly<Record<string, string>> = {};
  #isReinviting = false;

  /** Calls at once. */
  static outgoing(parts: Parts, headers: Readonly<Record<string, string>>): SipCall {
    const invite = parts.dialog.request('INVITE', parts.messenger.contact);
    for (const [name, value] of Object.entries(headers)) invite.headers.set(name, value);
    const call = new SipCall(parts, invite, undefined);
    call.#dial();
    return call;
  }

  /** A call that waits for `ring`, `accept` or `refuse`. */
  static incoming(parts: Parts, waiting: ServerTransaction): SipCall {
    const call = new SipCall(parts, waiting.request, waiting);
    call.#remote = parseSdp(waiting.request.body);
    return call;
  }

  private constructor(parts: Parts, invite: SipRequest, waiting: ServerTransaction | undefined) {
    this.#messenger = parts.messenger;
    this.#dialog = parts.dialog;
    this.#offer = parts.offer;
    this.#waiting = waiting;
    this.audio = parts.audio;
    this.invite = invite;
    this.party = parseNameAddress(invite.headers.get(waiting ? 'From' : 'To') ?? '');
    this.state = waiting ? 'ringing' : 'calling';
  }

  get isIncoming(): boolean {
    return this.#waiting !== undefined;
  }

  /** The codec in use; undefined before media is agreed on. */
  get codec(): Law | undefined {
    return this.#agreedCodecs()[0];
  }

  /** Where the other side takes audio; undefined before media is agreed on. */
  get remoteAudio(): { readonly address: string; readonly port: number } | undefined {
    return this.#remote && { address: this.#remote.address, port: this.#remote.port };
  }

  /** Whether the other side put us on hold. */
  get isHeldByOther(): boolean {
    return this.#remote?.direction === 'sendonly' || this.#remote?.direction === 'inactive';
  }

  /** Names this call in the URI of a Refer-To (RFC 3891). */
  get asReplaces(): string {
    const { callId, remoteTag, localTag } = this.#dialog;
    return encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`);
  }

  /** Tells the caller that it rings, with early media if wanted. */
  ring(status: 180 | 181 | 183, { audio }: { audio: boolean }): void {
    this.#waiting?.respond(this.#answerTo(this.#waiting.request, status, audio ? this.#describeAnswer() : ''));
    if (audio) this.#aim();
  }

  accept(): void {
    if (this.state !== 'ringing') return;
    this.#waiting?.respond(this.#answerTo(this.#waiting.request, 200, this.#describeAnswer()));
    this.state = 'talking';
    this.#aim();
  }

  refuse(status: number): void {
    if (this.state !== 'ringing') return;
    this.#waiting?.respond(this.#answerTo(this.#waiting.request, status, ''));
    this.#finish({ status, reason: '', by: 'us', reasonField: undefined });
  }

  /** Sends the caller on to another URI. */
  forward(uri: string): void {
    if (this.state !== 'ringing' || !this.#waiting) return;
    const response = this.#answerTo(this.#waiting.request, 302, '');
    response.headers.set('Contact', `<${uri}>`);
    this.#waiting.respond(response);
    this.#finish({ status: 302, reason: '', by: 'us', reasonField: undefined });
  }

  /** Hangs up, cancels or declines, as the state demands. */
  hangUp(): void {
    if (this.state === 'talking') {
      this.#finish({ status: 200, reason: 'OK', by: 'us', reasonField: undefined });
      void this.#messenger.exchange(this.#dialog.request('BYE', this.#messenger.contact), this.#dialog);
    } else if (this.#waiting) {
      this.refuse(603);
    } else if (this.state !== 'ended' && this.#sent) {
      this.#messenger.cancel(this.#sent);
    }
  }

  /** Puts the other side on hold; resolves when it has agreed. */
  hold(direction: 'sendonly' | 'inactive' = 'sendonly'): Promise<void> {
    return this.#reinvite(direction, this.#offer);
  }

  resume(): Promise<void> {
    return this.#reinvite('sendrecv', this.#offer);
  }

  /** Offers other codecs, or the same ones again; resolves when the other side has agreed. */
  renegotiate(codecs: readonly Law[]): Promise<void> {
    return this.#reinvite(this.#direction, { ...this.#offer, codecs });
  }

  /** From now on makes something else of its SDP. */
  rewriteSdp(rewrite: (sdp: string) => string): void {
    this.#offer = { ...this.#offer, rewrite };
  }

  /** From now on says these fields in each answer and offer, of its own identity for instance; a From has our tag added. */
  say(fields: Readonly<Record<string, string>>): void {
    const { From, ...others } = fields;
    this.#said = From === undefined ? others : { ...others, From: `${From};tag=${this.#dialog.localTag}` };
  }

  /** Offers the same again by UPDATE (RFC 3311); resolves with the status of the answer. */
  async update(): Promise<number> {
    const update = this.#withOffer(this.#dialog.request('UPDATE', this.#messenger.contact));
    return (await this.#messenger.exchange(update, this.#dialog)).status;
  }

  /** Presses keys; resolves when they are sent, by INFO when they are confirmed. */
  async pressKeys(digits: string, method: 'rfc4733' | 'info', durationMs = 100): Promise<void> {
    if (method === 'rfc4733') return this.audio.pressKeys(digits, durationMs);
    for (const digit of digits) {
      const info = this.#dialog.request('INFO', this.#messenger.contact);
      info.headers.set('Content-Type', 'application/dtmf-relay');
      const body = `Signal=${digit}\r\nDuration=${durationMs}\r\n`;
      const { status } = await this.#messenger.exchange({ ...info, body }, this.#dialog);
      if (status !== 200) throw new Error(`INFO for "${digit}" was answered ${status}`);
    }
  }

  /** Asks for the call to go on with somebody else, as a Refer-To says; resolves with the status of the answer. */
  async refer(to: string): Promise<number> {
    const refer = this.#dialog.request('REFER', this.#messenger.contact);
    refer.headers.set('Refer-To', to);
    return (await this.#messenger.exchange(refer, this.#dialog)).status;
  }

  /** For the user agent: a request within the dialog. */
  receive(transaction: ServerTransaction): void {
    const { request } = transaction;
    this.requestsReceived.push(request.method);
    if (request.method === 'INVITE') this.#receiveReinvite(transaction);
    else this.#receiveInDialog(transaction);
  }

  #receiveInDialog(transaction: ServerTransaction): void {
    const { request } = transaction;
    if (request.method === 'INFO') this.infoDigits += /^\s*Signal\s*=\s*(\S)/im.exec(request.body)?.[1] ?? '';
    if (request.method === 'NOTIFY') this.#hearOfTransfer(Number(/^SIP\/2\.0 (\d{3})/.exec(request.body)?.[1]));
    transaction.respond(this.#answerTo(request, 200, ''));
    if (request.method !== 'BYE') return;
    this.#finish({ status: 200, reason: 'OK', by: 'them', reasonField: request.headers.get('Reason') });
  }

  #hearOfTransfer(status: number): void {
    if (status !== 100) this.transferStatuses.push(status);
  }

  /** For the user agent: the caller took the call back. */
  cancelled(): void {
    this.#waiting?.respond(this.#answerTo(this.#waiting.request, 487, ''));
    this.#finish({ status: 487, reason: 'Request Terminated', by: 'them', reasonField: undefined });
  }

  /** For the user agent: the ACK may carry the answer to an offer that our 200 made. */
  acknowledged(ack: SipRequest): void {
    this.#takeDescription(ack.body);
  }

  #dial(): void {
    this.#messenger.invite(this.#withOffer(this.invite), this.#dialog, {
      onSend: (request) => {
        this.#sent = request;
      },
      onProvisional: (response) => this.#progressed(response),
      onFinal: (response) => this.#answered(response),
    });
  }

  #progressed(response: SipResponse): void {
    if (response.status === 100 || this.state === 'ended') return;
    this.#dialog.learn(response);
    this.progress.push({ status: response.status, hasAudio: response.body !== '' });
    this.state = 'ringing';
    this.#takeDescription(response.body);
  }

  #answered(response: SipResponse): void {
    if (response.status >= 300) {
      const { status, reason } = response;
      this.#finish({ status, reason, by: status === 487 ? 'us' : 'them', reasonField: undefined });
    } else {
      this.#accepted(response);
    }
  }

  #accepted(response: SipResponse): void {
    this.#dialog.learn(response);
    if (this.#sent) this.#messenger.acknowledge(this.#sent, this.#dialog);
    if (this.state === 'talking' || this.state === 'ended') return;
    this.state = 'talking';
    this.#takeDescription(response.body);
  }

  async #reinvite(direction: Direction, offer: CallOffer): Promise<void> {
    if (this.state !== 'talking') throw new Error(`a call that is ${this.state} cannot be changed`);
    this.#direction = direction;
    this.#offer = offer;
    const response = await this.#exchangeReinvite();
    if (response.status >= 300) throw new Error(`re-INVITE was answered ${response.status} ${response.reason}`);
    this.#takeDescription(response.body);
  }

  /** Tries again while the other side has a re-INVITE of its own under way (491). */
  async #exchangeReinvite(): Promise<SipResponse> {
    for (let attempt = 1; ; attempt += 1) {
      this.#isReinviting = true;
      const response = await this.#sendReinvite();
      this.#isReinviting = false;
      if (response.status !== 491 || attempt === maxReinvites) return response;
      const goOn = performance.now() + busyRetryMs * attempt;
      await until('the other side to finish its re-INVITE', () => performance.now() > goOn);
    }
  }

  async #sendReinvite(): Promise<SipResponse> {
    const invite = this.#withOffer(this.#dialog.request('INVITE', this.#messenger.contact));
    return new Promise((resolve) => {
      let sent = invite;
      this.#messenger.invite(invite, this.#dialog, {
        onSend: (request) => {
          sent = request;
        },
        onFinal: (response) => {
          if (response.status < 300) this.#messenger.acknowledge(sent, this.#dialog);
          resolve(response);
        },
      });
    });
  }

  #receiveReinvite(transaction: ServerTransaction): void {
    const { request } = transaction;
    transaction.respond(this.#isReinviting ? this.#answerTo(request, 491, '') : this.#takeReinvite(request));
    this.#aim();
  }

  #takeReinvite(request: SipRequest): SipResponse {
    this.#dialog.refresh(request.headers);
    this.#remote = parseSdp(request.body) ?? this.#remote;
    if (this.codec === undefined) return this.#answerTo(request, 488, '');
    return this.#answerTo(request, 200, request.body === '' ? this.#describeOffer() : this.#describeAnswer());
  }

  #answerTo(request: SipRequest, status: number, body: string): SipResponse {
    const response = responseTo(request, status, { toTag: this.#dialog.localTag, body });
    response.headers.set('Contact', this.#messenger.contact);
    for (const [name, value] of Object.entries(this.#said)) if (name !== 'From') response.headers.set(name, value);
    if (body !== '') response.headers.set('Content-Type', 'application/sdp');
    return response;
  }

  #takeDescription(body: string): void {
    const description = parseSdp(body);
    if (!description) return;
    this.#remote = description;
    this.#aim();
  }

  #aim(): void {
    const law = this.codec;
    if (!this.#remote || law === undefined) return;
    const wanted = this.#remote.direction === 'sendrecv' || this.#remote.direction === 'recvonly';
    this.audio.aim({ ...this.#remote, law, isOpen: wanted && this.#direction === 'sendrecv' });
  }

  #agreedCodecs(): Law[] {
    return (this.#remote?.codecs ?? []).filter((codec) => this.#offer.codecs.includes(codec));
  }

  #withOffer(invite: SipRequest): SipRequest {
    invite.headers.set('Content-Type', 'application/sdp');
    for (const [name, value] of Object.entries(this.#said)) invite.headers.set(name, value);
    return { ...invite, body: this.#describeOffer() };
  }

  #describeOffer(): string {
    return this.#describe(this.#offer.codecs, this.#offer.eventPayloadType, this.#direction);
  }

  /** What we make of the other side's offer; an offer of our own if it made none. */
  #describeAnswer(): string {
    if (!this.#remote) return this.#describeOffer();
    const direction = this.#direction === 'sendrecv' ? mirrored(this.#remote.direction) : this.#direction;
    return this.#describe(this.#agreedCodecs().slice(0, 1), this.#remote.eventPayloadType, direction);
  }

  #describe(codecs: readonly Law[], eventPayloadType: number | undefined, direction: Direction): string {
    this.#sdpVersion += 1;
    const { address, port } = this.audio;
    const sdp = formatSdp({ address, port, codecs, eventPayloadType, direction }, this.#sdpVersion);
    return this.#offer.rewrite?.(sdp) ?? sdp;
  }

  #finish(end: CallEnd): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.end = end;
    this.audio.close();
    this.#messenger.forget(this);
  }
}
