import { WebSocket } from 'ws';

/** Something that Janus tells of one handle. */
export interface JanusEvent {
  /** `event` of the plugin, `webrtcup`, `hangup` of the browser, `detached` … */
  readonly janus: string;
  /** What the plugin says. */
  readonly data: Readonly<Record<string, unknown>>;
  /** An offer or an answer, as SDP. */
  readonly sdp?: string;
}

interface Waiting {
  readonly resolve: (answer: Message) => void;
  readonly reject: (error: Error) => void;
}

type Message = Readonly<Record<string, unknown>>;

/** Below the 60 s after which Janus ends a session that says nothing. */
const keepAliveMs = 25_000;
const patienceMs = 10_000;
const protocol = 'janus-protocol';

/** The API of Janus: one session, over the socket that only its owner can open. */
export class JanusApi {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<string, Waiting>();
  readonly #listeners = new Map<number, (event: JanusEvent) => void>();
  #session = 0;
  #transactions = 0;
  #timer: NodeJS.Timeout | undefined;
  #onLost = (_reason: string): void => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data) => this.#received(JSON.parse(String(data))));
    socket.on('error', () => {});
    socket.on('close', () => this.#closed());
  }

  static async open(path: string): Promise<JanusApi> {
    const socket = new WebSocket(`ws+unix:${path}:/`, protocol, { perMessageDeflate: false });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    const api = new JanusApi(socket);
    api.#session = await api.#idOf({ janus: 'create' });
    api.#timer = setInterval(() => void api.#keepAlive(), keepAliveMs);
    return api;
  }

  /** Calls with the reason once the session is no more, or Janus does not answer: nothing can be asked of it then. */
  onLost(listener: (reason: string) => void): void {
    this.#onLost = listener;
  }

  /** A handle of the plugin that makes a browser a SIP telephone. */
  async attach(listener: (event: JanusEvent) => void): Promise<number> {
    const handle = await this.#idOf({ janus: 'attach', plugin: 'janus.plugin.sip' });
    this.#listeners.set(handle, listener);
    return handle;
  }

  /** Tells the plugin something. What comes of it is an event. */
  async tell(handle: number, body: object, jsep?: { readonly type: 'answer'; readonly sdp: string }): Promise<void> {
    await this.#send({ janus: 'message', handle_id: handle, body, ...(jsep ? { jsep } : {}) });
  }

  close(): void {
    this.#socket.terminate();
  }

  async #idOf(message: object): Promise<number> {
    const { data } = await this.#send(message);
    return Number(Object(data).id);
  }

  async #keepAlive(): Promise<void> {
    await this.#send({ janus: 'keepalive' }).catch(({ message }: Error) => this.#onLost(message));
  }

  #send(message: object): Promise<Message> {
    this.#transactions += 1;
    const transaction = String(this.#transactions);
    const session = this.#session === 0 ? {} : { session_id: this.#session };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#waiting.get(transaction)?.reject(new Error('janus does not answer')),
        patienceMs,
      );
      const done = () => {
        clearTimeout(timer);
        this.#waiting.delete(transaction);
      };
      this.#waiting.set(transaction, {
        resolve: (answer) => {
          done();
          resolve(answer);
        },
        reject: (error) => {
          done();
          reject(error);
        },
      });
      this.#socket.send(JSON.stringify({ ...message, ...session, transaction }), (error) => {
        if (error) this.#waiting.get(transaction)?.reject(error);
      });
    });
  }

  #received(message: Message): void {
    const { janus, transaction, sender } = message;
    // What it says of a session that it has ended by itself.
    if (janus === 'timeout') this.#onLost('janus has ended the session');
    const isAnswer = janus === 'success' || janus === 'ack' || janus === 'error';
    const waiting = isAnswer ? this.#waiting.get(String(transaction)) : undefined;
    if (waiting && janus === 'error')
      waiting.reject(new Error(`janus refuses: ${String(Object(message.error).reason)}`));
    else waiting?.resolve(message);
    if (isAnswer || typeof sender !== 'number') return;
    const { sdp } = Object(message.jsep);
    this.#listeners.get(sender)?.({
      janus: String(janus),
      data: Object(Object(message.plugindata).data),
      ...(typeof sdp === 'string' ? { sdp } : {}),
    });
  }

  #closed(): void {
    clearInterval(this.#timer);
    for (const { reject } of [...this.#waiting.values()]) reject(new Error('the connection to janus is lost'));
    this.#onLost('the connection to janus is lost');
  }
}
