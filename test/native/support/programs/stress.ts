import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { type Call, type Endpoint, InvalidStateError, PjsipError } from '../../../../src/node-pjsua2/src/index.js';
import { SelfCaller } from './self-call.js';

// node stress.js [calls] [seed]: calls that are connected, held, keyed and hung up at random moments, many at a time. It ends with 0
// when nothing is left of them. Meant for a run with AddressSanitizer (scripts/asan.sh).

const [calls = 300, seed = Date.now() % 100_000] = process.argv.slice(2).map(Number);
const atOnce = 12;

let state = seed;
const random = (below: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const oneOf = <T>(items: readonly [T, ...T[]]): T => items[random(items.length)] ?? items[0];

/** The call ended meanwhile, or the other side was changing it too: both are to be expected here. */
async function attempt(action: () => unknown): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof InvalidStateError) && !(error instanceof PjsipError)) throw error;
  }
}

/** Something that can be done to a call, or to both of its legs. */
function actions(endpoint: Endpoint, one: Call, other: Call): [() => unknown, ...(() => unknown)[]] {
  return [
    () => endpoint.connect(one, other, { gain: random(20) - 10, levelled: random(2) === 1 }),
    async () => {
      const connection = await endpoint.connect(one, other);
      await Promise.all([connection.setVolume({ gain: -6, levelled: true }), connection.close()]);
    },
    async () => {
      const player = endpoint.createPlayer({
        segments: [{ frequencies: [400 + random(400)], ms: 40, levelDbfs: -20 }],
      });
      player.on('finished', () => player.close());
      void one.ended.then(() => player.close());
      await endpoint.connect(player, one);
    },
    async () => {
      const recorder = endpoint.createRecorder('/dev/null');
      await Promise.allSettled([endpoint.connect(one, recorder), pause(random(60))]);
      await recorder.close();
    },
    () => one.hold(),
    () => one.resume(),
    () => one.reinvite(),
    () => one.sendDigits('12#', { method: oneOf(['rfc4733', 'info'] as const), durationMs: 60 }),
    () => [endpoint.level(one), one.statistics()],
    () => one.hangUp({ reasonHeader: 'Q.850;cause=16' }),
    () => one.reject(486),
  ];
}

/** The legs of each running call, by the number that the caller sends along. */
const running = new Map<string, Call[]>();

function receive(callee: Call, legs: Call[]): void {
  legs.push(callee);
  const first = oneOf([
    () => callee.answer(),
    () => callee.progress(183),
    () => callee.progress(180),
    () => callee.reject(603),
  ]);
  void attempt(first);
  setTimeout(() => void attempt(() => callee.answer()), random(40));
}

async function oneCall({ endpoint, uri }: SelfCaller, number: string): Promise<void> {
  const caller = endpoint.call({ to: uri, headers: { 'X-Number': number } });
  const legs = [caller];
  running.set(number, legs);
  for (let step = 0; step < 8; ++step) {
    await pause(random(30));
    const one = legs[random(legs.length)] ?? caller;
    const other = legs[random(legs.length)] ?? caller;
    if (one !== other) void attempt(oneOf(actions(endpoint, one, other)));
  }
  for (const leg of legs) leg.hangUp();
  await Promise.all(legs.map((leg) => leg.ended));
  running.delete(number);
}

const self = await SelfCaller.start({ logLevel: 5, eventCapacity: 4096 });
self.endpoint.on('incomingCall', (callee, { headers }) => {
  const legs = running.get(headers['x-number']?.[0] ?? '');
  if (legs) receive(callee, legs);
  else callee.reject(404);
});
let begun = 0;
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (begun < calls) {
      begun += 1;
      await oneCall(self, String(begun));
    }
  }),
);
const patienceMs = 30_000;
const deadline = performance.now() + patienceMs;
const left = () => self.endpoint.statistics();
while (left().activeCalls > 0 || left().conferencePorts > 1) {
  assert(performance.now() < deadline, `left over: ${JSON.stringify(left())} (seed ${seed})`);
  await pause(50);
}
await self.endpoint.close();
const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
console.log(`${begun} calls, seed ${seed}, ${megabytes} MB at the end`);
process.disconnect?.();
