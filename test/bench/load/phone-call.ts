import type { Law } from '../../support/audio/g711.js';
import type { Dialog } from '../../support/sip/dialog.js';
import { formatSdp, parseSdp } from '../../support/sip/sdp.js';
import type { Stream } from './generator.js';

const eventPayloadType = 101;

/** One phone in a call; its audio is a stream of the load generator. */
export class PhoneCall {
  readonly user: string;
  readonly dialog: Dialog;
  readonly codec: Law;
  readonly stream: Stream;

  constructor(user: string, dialog: Dialog, codec: Law, stream: Stream) {
    this.user = user;
    this.dialog = dialog;
    this.codec = codec;
    this.stream = stream;
  }

  /** What this phone can do, as SDP. */
  describe(address: string): string {
    const { port } = this.stream;
    return formatSdp({ address, port, codecs: [this.codec], eventPayloadType, direction: 'sendrecv' }, 1);
  }

  /** Takes what the other side can do, and sends there. */
  take(body: string): void {
    const remote = parseSdp(body);
    if (!remote) return;
    const events = remote.eventPayloadType ?? eventPayloadType;
    this.stream.aim({ address: remote.address, port: remote.port, codec: this.codec, eventPayloadType: events });
  }

  end(): void {
    this.stream.close();
  }
}
