import type { Account, Call } from 'node-pjsua2';
import { Endpoint, InvalidStateError, readWav } from 'node-pjsua2';

/** What the parent process is answered, once: both are there and register from then on. */
export interface DemoPhonesAnswer {
  readonly type: 'ready';
}

/** What the parent process sends once: where to register, who the two phones are, and what they say. */
export interface DemoPhonesOrder {
  readonly server: { readonly address: string; readonly port: number };
  readonly caller: DemoPhone;
  readonly callee: DemoPhone;
}

export interface DemoPhone {
  readonly number: string;
  readonly password: string;
  /** WAV file, mono, 16 bit, 8 kHz: one side of the conversation. */
  readonly speech: string;
}

const clockRate = 8000;
/** Different from those of the appliance on the same machine. */
const rtpPorts = { from: 30000, to: 30999 };
/** How long a call from elsewhere rings before it is answered, in milliseconds. */
const ringMs = 3000;
/** How long a call from elsewhere lasts before it is hung up, in milliseconds. */
const outsideCallMs = 20_000;
/** Pause before the two call each other again, in milliseconds. */
const redialMs = 5000;

/** Hangs up, and says that the phones are gone. */
let leave = async (): Promise<void> => {};

/** Two phones in one process of their own that talk to each other through the box, again and again. */
async function run(order: DemoPhonesOrder): Promise<void> {
  const endpoint = await Endpoint.create({
    userAgent: 'Modcall demo phones',
    codecs: ['PCMA', 'PCMU'],
    clockRate,
    rtpPorts,
  });
  leave = () => endpoint.close();
  await endpoint.addTransport({ protocol: 'udp', address: '127.0.0.1', port: 0 });
  process.send?.({ type: 'ready' } satisfies DemoPhonesAnswer);
  const caller = await register(endpoint, order, order.caller);
  const callee = await register(endpoint, order, order.callee);
  endpoint.on('incomingCall', (call, { origin, from }) => {
    call.progress(180);
    // If several telephones ring, only one is picked up, as in an office.
    if (origin.kind !== 'account' || origin.account !== callee) return;
    talk(endpoint, call, order.callee);
    const isOutside = from.user !== order.caller.number;
    const ringing = setTimeout(() => call.answer(), isOutside ? ringMs : 0);
    call.on('ended', () => clearTimeout(ringing));
    if (isOutside) hangUpInTime(call);
  });
  const dial = () => {
    const { address, port } = order.server;
    const call = endpoint.call({ to: `sip:${order.callee.number}@${address}:${port}`, account: caller });
    talk(endpoint, call, order.caller);
    call.on('ended', () => setTimeout(dial, redialMs));
  };
  dial();
}

/** Nobody talks for ever: hangs up after a while, as a person would. */
function hangUpInTime(call: Call): void {
  call.on('answered', () => {
    const end = setTimeout(() => call.hangUp(), outsideCallMs);
    call.on('ended', () => clearTimeout(end));
  });
}

async function register(endpoint: Endpoint, { server }: DemoPhonesOrder, phone: DemoPhone): Promise<Account> {
  const account = endpoint.addAccount({
    uri: `sip:${phone.number}@${server.address}:${server.port}`,
    registrar: `sip:${server.address}:${server.port}`,
    username: phone.number,
    password: phone.password,
  });
  await account.registered;
  return account;
}

/** Says this phone's side of the conversation as long as the call lasts. */
function talk(endpoint: Endpoint, call: Call, { speech }: DemoPhone): void {
  call.on('answered', () => {
    const player = endpoint.createPlayer({ segments: [{ samples: readWav(speech, clockRate) }], loop: true });
    call.on('ended', () => player.close());
    endpoint.connect(player, call).catch((error: unknown) => {
      // Somebody else was faster, or hung up at once.
      if (!(error instanceof InvalidStateError)) throw error;
    });
  });
}

process.once('message', (order: DemoPhonesOrder) => {
  run(order).catch((error: unknown) => {
    console.error('The demo phones could not start:', error instanceof Error ? error.message : error);
    process.exit(1);
  });
});
process.once('disconnect', async () => {
  await leave();
  process.exit(0);
});
