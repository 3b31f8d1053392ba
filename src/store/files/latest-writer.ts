import { writeDurably } from './durable-file.js';

/** Writes a file repeatedly; while one write runs, only the newest of the waiting contents is kept. */
export class LatestWriter {
  private running: Promise<void> | null = null;
  private waiting: { text: string; done: Promise<void> } | null = null;

  constructor(private readonly path: string) {}

  /** Resolves when this content, or a newer one, is on disk. */
  write(text: string): Promise<void> {
    if (this.waiting) {
      this.waiting.text = text;
      return this.waiting.done;
    }
    const entry = { text, done: Promise.resolve() };
    const before = this.running?.catch(() => undefined) ?? Promise.resolve();
    entry.done = before.then(() => {
      this.waiting = null;
      return writeDurably(this.path, entry.text);
    });
    this.waiting = entry;
    this.running = entry.done;
    return entry.done;
  }
}
