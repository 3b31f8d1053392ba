/** Two gongs that are struck in turn, in Hz, and how often, a second. */
const gongs = [1010, 1270];
const strikes = 22;
const loudness = 0.05;
const fadeSeconds = 0.03;

/** The bell of a telephone. */
export class Bell {
  readonly #context: AudioContext;
  readonly #gain: GainNode;

  constructor(context: AudioContext) {
    this.#context = context;
    this.#gain = new GainNode(context, { gain: 0 });
    this.#gain.connect(context.destination);
    const clapper = new OscillatorNode(context, { frequency: strikes / 2 });
    clapper.start();
    for (const [index, frequency] of gongs.entries()) {
      const gong = new OscillatorNode(context, { frequency });
      const struck = new GainNode(context, { gain: 0.5 });
      const swing = new GainNode(context, { gain: index === 0 ? 0.5 : -0.5 });
      clapper.connect(swing).connect(struck.gain);
      gong.connect(struck).connect(this.#gain);
      gong.start();
    }
  }

  ring(isOn: boolean): void {
    this.#gain.gain.setTargetAtTime(isOn ? loudness : 0, this.#context.currentTime, fadeSeconds);
  }
}
