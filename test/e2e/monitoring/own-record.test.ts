import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { residualLevel } from '../../support/audio/tones.js';
import { pins, toneOf, untilHears } from '../../support/office.js';
import { RunningOffice } from '../../support/running-office.js';
import { until } from '../../support/waiting.js';

const audibleDbfs = -35;
const numbers = ['100', '101', '102', '103'];
/** As the log has them, whatever they are. */
const digits = '(hidden)';

describe('a member who dials *4', () => {
  let office: RunningOffice;

  beforeAll(async () => {
    office = await RunningOffice.open({}, numbers);
  });
  afterEach(() => office.hangUp());
  afterAll(() => office.close());

  /** Dials the code, hears the box speak to the end, and tells what it said, in names of prompts. */
  async function told(extension: string): Promise<readonly string[]> {
    const before = office.appliance.log.length;
    const call = await office.call(extension, '*4');
    await until('the code to be answered', () => call.state === 'talking');
    await until('speech', () => residualLevel(call.audio.heard(400), numbers.map(toneOf)) > audibleDbfs);
    expect(await until('the box to hang up', () => call.end, 120_000)).toMatchObject({ by: 'them' });
    const played = office.appliance.log.slice(before).flatMap((entry) => {
      const { command } = Object(entry);
      return command?.kind === 'play' ? command.playback.items : [];
    });
    return played.flatMap((item: { kind: string; name?: string; digits?: string; text?: string }) =>
      item.kind === 'pause' ? [] : [item.name ?? item.digits ?? item.text ?? ''],
    );
  }

  async function listenedTo(keys: string): Promise<void> {
    const known = (await office.recorded('ended')).length;
    await office.talk('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    await moderator.pressKeys(keys, 'rfc4733');
    if (keys !== '') await until('the mode', async () => (await office.recorded('modeChanged')).length > 0);
    await office.hangUp();
    await until('the end', async () => (await office.recorded('ended')).length > known);
  }

  it('hears that nobody has listened, where nobody has', async () => {
    expect(await told('101')).toEqual(['own-record-none']);
  });

  it('hears how often somebody has, then when, in which mode and how long, as the record has it', async () => {
    await listenedTo('');
    await listenedTo('5');
    const entries = (await office.appliance.audit()).filter(({ fact }) => fact.type === 'started').toReversed();
    const session = (index: number, mode: string) => {
      const began = new Date(entries[index]?.time ?? '');
      const clock = `${began.getHours()}:${String(began.getMinutes()).padStart(2, '0')}`;
      return [
        ...['own-record-day', digits, 'own-record-in-month', digits, 'own-record-clock', clock, mode],
        ...['own-record-minutes', digits, 'own-record-seconds', digits],
      ];
    };
    expect(await told('101')).toEqual([
      ...['own-record-month', digits, 'own-record-latest'],
      ...session(0, 'mode-whisper'),
      ...session(1, 'mode-listen'),
    ]);
  });

  it('hears nothing of others, and whoever talked to a member hears of it, too', async () => {
    expect(await told('103')).toEqual(['own-record-none']);
    expect((await told('102')).slice(0, 2)).toEqual(['own-record-month', digits]);
  });

  it('hears of nothing that still goes on: that is for the notice to tell', async () => {
    await office.talk('101', '102');
    const moderator = await office.moderate('100', `${pins[100]}#101#`);
    await untilHears('moderator', moderator, { present: [toneOf('101'), toneOf('102')], absent: [] });
    expect((await told('101')).filter((word) => word === 'own-record-day')).toHaveLength(2);
  });

  it('cannot be sent there by somebody else: whoever transfers a caller to the code is refused', async () => {
    const { caller, callee } = await office.talk('101', '103');
    expect(await caller.refer(`<${office.phone('101').agent.uriOf('*4')}>`)).toBe(202);
    await until('the refusal in the log', () =>
      office.appliance.log.some((entry) => Object(entry).note?.type === 'transferRefused'),
    );
    await untilHears('callee', callee, { present: [toneOf('101')], absent: [] });
  });
});
