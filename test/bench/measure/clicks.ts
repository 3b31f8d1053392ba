import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventOf } from '../load/events.js';
import type { Generator, Stream } from '../load/generator.js';
import { heardBy, type Mode, type Role, roles } from '../roles.js';
import { type Summary, summarise } from '../statistics.js';

/** A call through which clicks are sent, of streams or of their numbers. Of several moderators, the first one's. */
export interface ProbeCall<Of = Stream> {
  readonly member: Of;
  readonly customer: Of;
  readonly moderator: Of | undefined;
}

type ClickEvent = EventOf<'clicked'> | EventOf<'click'>;

/** Between the two who talk, to the moderator, and from the moderator. */
export type Path = 'parties' | 'toModerator' | 'fromModerator';

/** One-way delay, in milliseconds. */
export interface Delay {
  /** From sending the packet with the click to receiving the packet with the click. */
  readonly packet: Summary;
  /** The same from click to click: corrected by the click's places in both packets. */
  readonly aligned: Summary;
}

export type Delays = Partial<Record<Path, Delay>>;

export interface ClickResult {
  readonly delays: Delays;
  /** Clicks that should have been heard and were not, and ones heard by those who should not. */
  readonly complaints: readonly string[];
}

const clickEveryMs = 250;
/** Longer than any delay that is still a conversation, and shorter than the time to the next click, which waits for its packet. */
const heardWithinMs = 200;
const lastClickSample = 155;
/** A few may fall into a packet that was lost. */
const heardShare = 0.8;
const samplesPerMs = 8;

interface Pass {
  readonly from: Role;
  readonly to: Role;
  readonly packetMs: number;
  readonly alignedMs: number;
}

/** Sends clicks into calls, each role in its turn, and finds out when the others hear them. */
export class Clicks {
  readonly #probes: readonly ProbeCall[];
  readonly #mode: Mode;
  readonly #events: ClickEvent[] = [];
  readonly #stopListening: () => void;

  constructor(generator: Generator, probes: readonly ProbeCall[], mode: Mode) {
    this.#probes = probes;
    this.#mode = mode;
    for (const stream of probes.flatMap(streamsOf)) stream.reportClicks();
    this.#stopListening = generator.listen((event) => {
      if (event.event === 'clicked' || event.event === 'click') this.#events.push(event);
    });
  }

  /** Goes on for so long, and waits for the last ones to be heard. */
  async run(seconds: number): Promise<void> {
    const end = performance.now() + seconds * 1000 - clickEveryMs;
    for (let turn = 0; performance.now() < end; turn += 1) {
      for (const probe of this.#probes) {
        const present = roles.flatMap((role) => probe[role] ?? []);
        present[turn % present.length]?.click(randomInt(lastClickSample + 1));
      }
      await pause(clickEveryMs);
    }
    await pause(clickEveryMs);
  }

  finish(): ClickResult {
    this.#stopListening();
    return matchClicks(this.#probes.map(numbersOf), this.#mode, this.#events);
  }
}

/** Finds out who heard which click, and when. */
export function matchClicks(
  probes: readonly ProbeCall<number>[],
  mode: Mode,
  events: readonly ClickEvent[],
): ClickResult {
  const results = probes.map((probe) => matchProbe(probe, mode, events));
  return {
    delays: delaysOf(results.flatMap(({ passes }) => passes)),
    complaints: results.flatMap(({ complaints }) => complaints),
  };
}

function matchProbe(probe: ProbeCall<number>, mode: Mode, events: readonly ClickEvent[]) {
  const present = roles.filter((role) => probe[role] !== undefined);
  const sentBy = (role: Role) => events.filter(({ event, stream }) => event === 'clicked' && stream === probe[role]);
  const heardAt = (role: Role) => events.filter(({ event, stream }) => event === 'click' && stream === probe[role]);
  const pairs = present.flatMap((from) =>
    present.map((to) => ({ from, to, sent: sentBy(from).length, passes: passesOf(sentBy(from), heardAt(to)) })),
  );
  return {
    passes: pairs.flatMap(({ from, to, passes }) => passes.map((pass): Pass => ({ from, to, ...pass }))),
    complaints: pairs.flatMap((pair) => complaintAbout(pair, mode) ?? []),
  };
}

/** A click at the edge of two packets is heard twice, and counts where it begins. */
function passesOf(sent: readonly ClickEvent[], heard: readonly ClickEvent[]) {
  return sent.flatMap((click) => {
    const first = heard.find(({ at }) => at >= click.at && at < click.at + heardWithinMs);
    if (!first) return [];
    const packetMs = first.at - click.at;
    return [{ packetMs, alignedMs: packetMs + (first.sample - click.sample) / samplesPerMs }];
  });
}

interface PairOfRoles {
  readonly from: Role;
  readonly to: Role;
  readonly sent: number;
  readonly passes: readonly unknown[];
}

function complaintAbout({ from, to, sent, passes }: PairOfRoles, mode: Mode): string | undefined {
  const isWanted = heardBy(mode)[to].includes(from);
  if (isWanted && passes.length < heardShare * sent) return `a ${to} misses clicks of the ${from}`;
  return !isWanted && passes.length > 0 ? `a ${to} hears clicks of the ${from}` : undefined;
}

function delaysOf(passes: readonly Pass[]): Delays {
  const delays: Partial<Record<Path, Delay>> = {};
  for (const path of ['parties', 'toModerator', 'fromModerator'] as const) {
    const along = passes.filter((pass) => pathOf(pass) === path);
    const packet = summarise(along.map(({ packetMs }) => packetMs));
    const aligned = summarise(along.map(({ alignedMs }) => alignedMs));
    if (packet && aligned) delays[path] = { packet, aligned };
  }
  return delays;
}

function pathOf({ from, to }: Pass): Path {
  if (to === 'moderator') return 'toModerator';
  return from === 'moderator' ? 'fromModerator' : 'parties';
}

function streamsOf({ member, customer, moderator }: ProbeCall): Stream[] {
  return moderator ? [member, customer, moderator] : [member, customer];
}

function numbersOf({ member, customer, moderator }: ProbeCall): ProbeCall<number> {
  return { member: member.id, customer: customer.id, moderator: moderator?.id };
}
