import { type ClientRequest, type IncomingMessage, type RequestOptions, request } from 'node:http';

export interface StreamEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: ReturnType<typeof JSON.parse>;
}

/** A watcher of live events, who can stop reading for a while. */
export class WatchedStream {
  readonly events: StreamEvent[] = [];
  heartbeats = 0;
  isEnded = false;
  #rest = '';

  private constructor(
    private readonly asked: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.#read(text));
    response.on('close', () => {
      this.isEnded = true;
    });
    response.on('error', () => {});
  }

  static open(port: number, path: string, headers: Record<string, string>): Promise<WatchedStream> {
    return WatchedStream.at({ host: '127.0.0.1', port, path, headers });
  }

  /** Wherever the server is: a socket in the file system, too. */
  static at(place: RequestOptions): Promise<WatchedStream> {
    return new Promise((resolve, reject) => {
      const asked = request({ ...place, agent: false }, (response) => resolve(new WatchedStream(asked, response)));
      asked.on('error', reject).end();
    });
  }

  close(): void {
    this.asked.destroy();
  }

  #read(text: string): void {
    const blocks = `${this.#rest}${text}`.split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n').map((line) => [line.replace(/:.*/s, ''), line.replace(/^[^:]*: ?/, '')] as const);
      const fields = new Map(lines);
      const event = fields.get('event');
      if (event === 'beat') this.heartbeats += 1;
      else if (event !== undefined)
        this.events.push({ id: fields.get('id'), event, data: JSON.parse(fields.get('data') ?? '') });
    }
  }
}
