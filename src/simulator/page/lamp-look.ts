/** How a lamp looks over time; `changing` until it is certain. */
export type LampLook = 'dark' | 'lit' | 'slowBlink' | 'fastBlink' | 'doubleBlink' | 'changing';

/** From how long to how long a stroke of a blink may last, in milliseconds: wide enough for a busy machine. */
interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

const short: Span = { fromMs: 0, toMs: 300 };
const long: Span = { fromMs: 300, toMs: 800 };
const gap: Span = { fromMs: 650, toMs: 1200 };

/** The strokes that repeat, beginning with a lit one: as many as tell a blink from every other. */
const blinks: readonly { readonly look: LampLook; readonly strokes: readonly Span[] }[] = [
  { look: 'fastBlink', strokes: [short, short, short, short] },
  { look: 'slowBlink', strokes: [long, long] },
  { look: 'doubleBlink', strokes: [short, short, short, gap] },
];
const mostStrokes = 4;

/** What a lamp has done recently: strokes, lit and dark by turns. */
export class Strokes {
  #isLit = false;
  #since: number | undefined;
  /** How long the last ones were, the newest first. */
  #ended: readonly number[] = [];

  begin(isLit: boolean, now: number): void {
    if (this.#since !== undefined) {
      // Nobody saw the first one begin: a length that fits no blink.
      const lastedMs = this.#ended.length === 0 ? Number.POSITIVE_INFINITY : now - this.#since;
      this.#ended = [lastedMs, ...this.#ended].slice(0, mostStrokes);
    }
    this.#isLit = isLit;
    this.#since = now;
  }

  look(now: number): LampLook {
    const lastsMs = this.#since === undefined ? 0 : now - this.#since;
    if (lastsMs >= gap.toMs) return this.#isLit ? 'lit' : 'dark';
    return blinks.find(({ strokes }) => this.#fits(strokes, lastsMs))?.look ?? 'changing';
  }

  /** Whether the present stroke can be one of these, after those that have ended. */
  #fits(strokes: readonly Span[], lastsMs: number): boolean {
    return strokes.some(({ toMs }, place) => {
      const isLitHere = place % 2 === 0;
      return isLitHere === this.#isLit && lastsMs < toMs && this.#precede(strokes, place);
    });
  }

  #precede(strokes: readonly Span[], place: number): boolean {
    return strokes.every((_, index) => {
      const span = strokes.at((place - 1 - index) % strokes.length);
      const lastedMs = this.#ended[index];
      return span !== undefined && lastedMs !== undefined && lastedMs >= span.fromMs && lastedMs < span.toMs;
    });
  }
}
