import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualLimits } from '../../../src/web/guard/limits.js';
import { longestGap } from '../../support/audio/gaps.js';
import { type StreamEvent, WatchedStream } from '../../support/event-stream.js';
import { OfficePhone, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

/** What a busy machine may do to the pace of 20 ms, far from the second of silence that a gap would be. */
const longestGapFrames = 25;

describe('live events of the running box', () => {
  let office: RunningOffice;
  let watcher: WatchedStream;

  const watch = (path: string) => WatchedStream.at({ socketPath: join(office.appliance.folder, 'modcall.sock'), path });
  const told = (event: string, isWanted: (data: StreamEvent['data']) => boolean) =>
    until(
      () => `${event}: ${JSON.stringify(watcher.events.slice(-20))}`,
      () => watcher.events.some((each) => each.event === event && isWanted(each.data)),
    );

  beforeAll(async () => {
    office = await RunningOffice.open({}, ['100', '101', '102']);
    watcher = await watch('/api/events');
  });
  afterAll(async () => {
    watcher.close();
    await office.close();
  });

  it('tell of calls, monitors, lamps and the log', async () => {
    await office.listening();
    await told('calls', ({ type }) => type === 'callAnswered');
    await told('monitors', ({ type }) => type === 'started');
    await told('lamps', ({ monitor }) => monitor === 'steady');
    await told('log', ({ level, msg }) => level === 'info' && msg === 'started');
    await office.hangUp();
    await told('monitors', ({ type }) => type === 'ended');
    await told('lamps', ({ monitor }) => monitor === 'dark');
    const heard = JSON.stringify(watcher.events);
    expect(heard).not.toMatch(/"digits?":"\d/);
  });

  it('tell which telephones come and go', async () => {
    const phone = await OfficePhone.register(office.appliance, '103');
    await told('registrations', ({ type, extension }) => type === 'contactBound' && extension === '103');
    phone.close();
  });

  it('tell of 61 calls from beginning to end to three who watch, even to one who reads slowly, and leave their sound alone', async () => {
    const watchers = await Promise.all([1, 2, 3].map(() => watch('/api/events?kinds=calls')));
    const [slow, ...quick] = watchers;
    const start = performance.now();
    const { caller: member, callee: other } = await office.talk('101', '102');
    const from = await OfficePhone.register(office.appliance, '103');
    const to = await OfficePhone.register(office.appliance, '104');
    const crowd: SipCall[] = [];
    for (let batch = 0; batch < 6; batch += 1) {
      slow?.response.socket.pause();
      crowd.push(...(await Promise.all(Array.from({ length: 10 }, () => quietCall(from, to)))));
      slow?.response.socket.resume();
    }
    slow?.response.socket.pause();
    for (const call of crowd) call.hangUp();
    const knowsEnds =
      (count: number) =>
      ({ events }: WatchedStream) =>
        events.filter(({ data }) => data.type === 'callEnded').length === count;
    await until('those who read to know all ends', () => quick.every(knowsEnds(60)));
    expect(longestGap(member, toneOf('102'), start), 'gap for the member').toBeLessThan(longestGapFrames);
    expect(longestGap(other, toneOf('101'), start), 'gap for the other').toBeLessThan(longestGapFrames);
    member.hangUp();
    slow?.response.socket.resume();
    await until('all to know the last end', () => watchers.every(knowsEnds(61)));
    for (const { events } of watchers) {
      expect(events.map(({ id, event }) => [event, id])).toEqual(quick[0]?.events.map(({ id }) => ['calls', id]));
      const calls = new Set(events.map(({ data }) => data.call));
      expect(calls.size).toBe(61);
      for (const call of calls) {
        const course = events.filter(({ data }) => data.call === call).map(({ data }) => data.type);
        expect(course).toEqual(['callStarted', 'callAnswered', 'callEnded']);
      }
    }
    for (const each of [...watchers, from, to]) each.close();
  });

  /** What is said in it is not the question, and would keep the machine of the test itself busy. */
  async function quietCall(from: OfficePhone, to: OfficePhone): Promise<SipCall> {
    to.agent.onCall = (call) => {
      call.accept();
      call.audio.lose(1);
    };
    const call = await from.agent.call(to.number);
    call.audio.lose(1);
    await until('a quiet call to be answered', () => call.state === 'talking');
    return call;
  }

  it('leave a command without an answer when too many are watching, and it says so', async () => {
    const path = join(office.appliance.folder, 'modcall.sock');
    const idle = Array.from({ length: usualLimits.connectionsPerAddress }, () => connect(path));
    await Promise.all(idle.map((socket) => once(socket, 'connect')));
    const { code, said } = await office.appliance.command('calls', 'list');
    expect([code, said]).toEqual([3, expect.stringMatching(/^Too many commands are connected to the box already/)]);
    for (const socket of idle) socket.destroy();
    await until('an answer', async () => (await office.appliance.command('calls', 'list')).code === 0);
  });

  it('keep no call from its sound, whoever watches and does not read', async () => {
    const idle = await Promise.all(Array.from({ length: 30 }, () => watch('/api/events')));
    for (const each of idle) each.response.pause();
    const { caller, callee } = await office.talk('101', '102');
    await untilHears('caller', caller, { present: [toneOf('102')], absent: [] });
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [] });
    for (const each of idle) each.close();
  });
});
