import { misheard } from '../support/audio/hearing.js';
import type { RtpSession } from '../support/rtp/session.js';
import { toneVoice } from '../support/rtp/voice.js';
import type { SipCall } from '../support/sip/call.js';
import { until } from '../support/waiting.js';
import type { SoakPhone } from './soak-phone.js';

/** What one party of a long call heard in one interval. */
export interface Heard {
  /** Packets that came. */
  readonly packets: number;
  /** Numbers that were missing between the first and the last of them. */
  readonly lost: number;
  /** The longest time without a packet, in milliseconds. */
  readonly longestGapMs: number;
  /** What was wrong with the sound at the end of the interval. */
  readonly complaint: string | undefined;
}

const windowMs = 400;

/** One party's ear: remembers how far it has looked through what came in. */
class Ear {
  #looked = 0;

  constructor(
    private readonly name: string,
    private readonly audio: RtpSession,
    private readonly tones: { readonly present: readonly number[]; readonly absent: readonly number[] },
  ) {}

  listen(): Heard {
    const { received } = this.audio;
    const first = this.#looked;
    this.#looked = received.length;
    let lost = 0;
    let longestGapMs = 0;
    for (let index = Math.max(1, first); index < received.length; index += 1) {
      const step = (received.at(index).sequence - received.at(index - 1).sequence) & 0xffff;
      // A packet that was overtaken counts as lost where it was missed, and is taken back where it comes, a step backwards.
      lost += (step < 0x8000 ? step : step - 0x10000) - 1;
      longestGapMs = Math.max(longestGapMs, received.timeAt(index) - received.timeAt(index - 1));
    }
    const complaint = misheard(this.name, this.audio.heard(windowMs), this.tones);
    return { packets: received.length - first, lost, longestGapMs: Math.round(longestGapMs), complaint };
  }
}

/** Two phones that talk to each other for as long as the soak lasts, each by a tone of its own. */
export class LongCall {
  static async begin(caller: SoakPhone, callee: SoakPhone): Promise<LongCall> {
    const call = await caller.agent.call(callee.number);
    call.audio.say(toneVoice(caller.tone));
    const answered = await callee.answer();
    await until(`${caller.number} and ${callee.number} to talk`, () => call.state === 'talking');
    const ears = [
      new Ear(caller.number, call.audio, { present: [callee.tone], absent: [caller.tone] }),
      new Ear(callee.number, answered.audio, { present: [caller.tone], absent: [callee.tone] }),
    ];
    return new LongCall([call, answered], ears);
  }

  private constructor(
    private readonly calls: readonly SipCall[],
    private readonly ears: readonly Ear[],
  ) {}

  get isUp(): boolean {
    return this.calls.every(({ state }) => state === 'talking');
  }

  /** What each party heard since it was last asked. */
  listen(): readonly Heard[] {
    return this.ears.map((ear) => ear.listen());
  }

  hangUp(): void {
    this.calls[0]?.hangUp();
  }
}
