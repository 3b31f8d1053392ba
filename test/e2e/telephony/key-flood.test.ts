import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { KeyFlood } from '../../support/stress/key-flood.js';

const perSecond = 60_000;
const seconds = 2;
/** What the box has to bear at least; a busy machine sends late, not fewer. */
const worthTesting = 60_000;
const keys = '0123456789';
/** Of the packets of a call. */
const tolerableLoss = 0.02;

describe('a phone that sends 60,000 telephone-events a second', () => {
  let office: RunningOffice;
  let flood: KeyFlood;

  beforeAll(async () => {
    office = await RunningOffice.open();
    flood = await KeyFlood.open();
  });
  afterAll(async () => {
    await office.close();
    await flood.close();
  });

  it('is bounded and told of once, and takes from others neither audio nor keys, nor a new call', async () => {
    const mad = await office.talk('103', '104');
    const { caller, callee } = await office.talk('101', '102');
    const { received } = caller.audio;
    const before = received.length;
    const target = mad.caller.remoteAudio?.port ?? 0;
    const ownPort = mad.caller.audio.port;
    mad.caller.audio.close();

    const flooding = flood.send(ownPort, target, perSecond, seconds);
    await caller.pressKeys(keys, 'rfc4733');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    expect(await flooding).toBeGreaterThan(worthTesting);

    const told = office.appliance.log.filter((line) =>
      JSON.stringify(line).includes('more keys than a person can press'),
    );
    expect(told).toHaveLength(1);
    expect(callee.audio.digitsReceived).toBe(keys);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    await untilHears('101', caller, { present: [toneOf('102')], absent: [toneOf('101'), toneOf('100')] });
    await untilHears('102', callee, { present: [toneOf('101')], absent: [toneOf('102'), toneOf('100')] });
    const span = received.at(received.length - 1).sequence - received.at(before).sequence;
    const sent = ((span + 2 ** 16) % 2 ** 16) + 1;
    expect(received.length - before).toBeGreaterThan((1 - tolerableLoss) * sent);
  });
});
