/** What the browser gives to a worklet (Web Audio API, 1.32); TypeScript's DOM library leaves it out. */
declare const sampleRate: number;
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

/** Address of a module that runs apart from the page, as Vite builds it. */
declare module '*?worker&url' {
  const address: string;
  export default address;
}
