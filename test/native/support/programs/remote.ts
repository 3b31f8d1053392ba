import {
  type Call,
  Endpoint,
  type Player,
  type Recorder,
  type Transport,
} from '../../../../src/node-pjsua2/src/index.js';
import type { RemoteAnswer, RemoteCommand, RemoteEvent, RemoteMessage } from '../remote-protocol.js';

// The endpoint in the other process: it does what it is told over IPC, says its own tone to every call, and tells all events.

const send = (message: RemoteMessage): void => {
  process.send?.(message);
};
const tell = (name: RemoteEvent['name'], details: object = {}): void =>
  send({ kind: 'event', event: { name, details: { ...details } } });

class Remote {
  readonly #endpoint: Endpoint;
  readonly #transport: Transport;
  readonly #answer: RemoteAnswer;
  readonly #tone: number;
  readonly #calls: Call[] = [];
  #recorder: Recorder | undefined;

  static async start({ options, answer, tone }: Extract<RemoteCommand, { do: 'start' }>): Promise<Remote> {
    const endpoint = await Endpoint.create({ userAgent: 'remote', rtpPorts: { from: 30_000, to: 38_000 }, ...options });
    const transport = await endpoint.addTransport({ protocol: 'udp', address: '127.0.0.1', port: 0 });
    endpoint.setPeers([{ name: 'test', addresses: ['127.0.0.1'] }]);
    return new Remote(endpoint, transport, answer, tone);
  }

  private constructor(endpoint: Endpoint, transport: Transport, answer: RemoteAnswer, tone: number) {
    this.#endpoint = endpoint;
    this.#transport = transport;
    this.#answer = answer;
    this.#tone = tone;
    endpoint.on('incomingCall', (call, { origin: _, ...info }) => {
      tell('incomingCall', info);
      this.#follow(call);
      this.#treat(call);
    });
  }

  get port(): number {
    return this.#transport.port;
  }

  async execute(command: Exclude<RemoteCommand, { do: 'start' }>): Promise<void> {
    switch (command.do) {
      case 'dial':
        this.#follow(this.#endpoint.call(command.options));
        break;
      case 'answer':
        this.#newest().answer();
        break;
      case 'hold':
      case 'resume':
      case 'reinvite':
        await this.#newest()[command.do]();
        break;
      case 'reject':
        this.#newest().reject(command.status, undefined, command.headers);
        break;
      case 'hangUp':
        this.#newest().hangUp(command.reasonHeader === undefined ? {} : { reasonHeader: command.reasonHeader });
        break;
      case 'digits':
        await this.#newest().sendDigits(command.digits, { method: command.method });
        break;
      case 'record':
        this.#recorder = this.#endpoint.createRecorder(command.file);
        await this.#endpoint.connect(this.#newest(), this.#recorder);
        break;
      case 'stopRecording':
        await this.#recorder?.close();
        break;
      case 'wait':
        await Promise.all(this.#calls.map((call) => call.ended));
        break;
      case 'close':
        await this.#endpoint.close();
        break;
    }
  }

  #newest(): Call {
    const call = this.#calls.at(-1);
    if (call === undefined) throw new Error('there was no call yet');
    return call;
  }

  #treat(call: Call): void {
    if (this.#answer === 'answer') call.answer();
    if (this.#answer === 'ring') call.progress(180);
    if (this.#answer === 'earlyMedia') call.progress(183, { media: true });
  }

  #follow(call: Call): void {
    this.#calls.push(call);
    call.on('progress', (progress) => tell('progress', progress));
    call.on('answered', () => tell('answered'));
    call.on('media', (media) => tell('media', media));
    call.on('digit', (digit) => tell('digit', digit));
    call.on('ended', (end) => tell('ended', end));
    const voice = this.#voice();
    void call.ended.then(() => voice.close());
    this.#endpoint.connect(voice, call).catch(() => undefined); // the call may end before it has audio
  }

  #voice(): Player {
    return this.#endpoint.createPlayer({
      segments: [{ frequencies: [this.#tone], ms: 1000, levelDbfs: -12 }],
      loop: true,
    });
  }
}

let remote: Remote | undefined;

async function execute(command: RemoteCommand): Promise<unknown> {
  if (command.do === 'start') {
    remote = await Remote.start(command);
    return remote.port;
  }
  return remote?.execute(command);
}

process.on('message', ({ id, command }: { id: number; command: RemoteCommand }) => {
  execute(command).then(
    (result) => send({ kind: 'done', id, result }),
    (error: Error) => send({ kind: 'failed', id, name: error.name, message: error.message }),
  );
});
