import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AnalogOffice, voices } from '../../support/analog-office.js';
import { residualLevel, steadyLevel, totalLevel } from '../../support/audio/tones.js';
import { CommandLine } from '../../support/command-line.js';
import { pins, talk, tones, untilHears } from '../../support/office.js';
import type { SipCall } from '../../support/sip/call.js';
import { until } from '../../support/waiting.js';

const memberTone = tones[101] ?? 0;
const otherTone = tones[102] ?? 0;
/** Germany's tones have one frequency. */
const networkTone = 425;

let office: AnalogOffice;
const calls: SipCall[] = [];

const track = (call: SipCall): SipCall => {
  calls.push(call);
  return call;
};

async function clear(): Promise<void> {
  for (const person of [office.handset, office.telephone]) await person.hat.tell({ do: 'hangUp' });
  await office.exchange.hat.tell({ do: 'stopRinging' });
  for (const number of ['101', '102', '103']) for (const call of office.phone(number).incoming.splice(0)) track(call);
  for (const call of calls) call.hangUp();
  for (const call of calls.splice(0)) await until('a call to end', () => call.state === 'ended');
  for (const person of [office.handset, office.telephone, office.exchange]) await person.untilQuiet();
}

async function memberTalks(): Promise<{ readonly member: SipCall; readonly other: SipCall }> {
  const { caller, callee } = await talk(office.phone('101'), office.phone('102'));
  return { member: track(caller), other: track(callee) };
}

/** Lifts the handset and hears what it has to say. */
async function lifted(): Promise<void> {
  await office.handset.hat.tell({ do: 'lift' });
  await until('the prompt', () => totalLevel(office.handset.audio.heard(200)) > -40);
}

describe.each(['reported', 'inBand'] as const)('the moderator’s handset, with keys that are %s', (keys) => {
  beforeAll(async () => {
    office = await AnalogOffice.open(keys, ['101', '102', '103']);
  });
  afterEach(clear);
  afterAll(() => office.close());

  it('asks for the PIN when it is lifted, listens, whispers and barges in, and nobody hears more than that', async () => {
    const { member, other } = await memberTalks();
    const hears = async (mode: 'listen' | 'whisper' | 'barge') => {
      const [toMember, toOther] = [mode !== 'listen', mode === 'barge'];
      const voice = voices.handset;
      await untilHears('handset', office.handset, { present: [memberTone, otherTone], absent: [voice] });
      await untilHears('member', member, {
        present: [otherTone, ...(toMember ? [voice] : [])],
        absent: [memberTone, ...(toMember ? [] : [voice])],
      });
      await untilHears('other', other, {
        present: [memberTone, ...(toOther ? [voice] : [])],
        absent: [otherTone, ...(toOther ? [] : [voice])],
      });
    };
    await lifted();
    expect(steadyLevel(office.handset.audio.heard(400), networkTone)).toBeLessThan(-30);
    await office.handset.keys(`${pins[100]}#101#`, voices.handset);
    await hears('listen');
    for (const [key, mode] of [
      ['5', 'whisper'],
      ['6', 'barge'],
      ['4', 'listen'],
    ] as const) {
      await office.handset.keys(key, voices.handset);
      await hears(mode);
    }
    expect(member.audio.digitsReceived + other.audio.digitsReceived).toBe('');
    await office.handset.hat.tell({ do: 'hangUp' });
    await until(
      'the session to end',
      async () => (await office.appliance.audit()).at(-1)?.fact.type === 'dialogueEnded',
    );
    const log = JSON.stringify(office.appliance.log);
    expect(log).not.toContain(pins[100]);
    expect(log).not.toMatch(/"digit":"/);
  });

  it('goes on listening while commands take a telephone from another port, and give it back', async () => {
    const { member, other } = await memberTalks();
    await lifted();
    await office.handset.keys(`${pins[100]}#101#`, voices.handset);
    const expectUnharmed = async () => {
      await untilHears('handset', office.handset, { present: [memberTone, otherTone], absent: [voices.handset] });
      await untilHears('member', member, { present: [otherTone], absent: [memberTone, voices.handset] });
      await untilHears('other', other, { present: [memberTone], absent: [otherTone, voices.handset] });
    };
    await expectUnharmed();
    const shell = new CommandLine(office.appliance.folder);
    const worked = office.appliance.log.filter(({ msg }) => msg === 'an analog line works').length;
    expect(await shell.run(['analog-phones', 'remove', 'phone1'])).toMatchObject({ code: 0, err: '' });
    await expectUnharmed();
    expect((await office.phone('103').call('121')).state).not.toBe('talking');
    expect(await shell.run(['analog-phones', 'set', 'phone1', '--extension', '121'])).toMatchObject({
      code: 0,
      err: '',
    });
    await office.untilLogged('an analog line works', worked + 1);
    await expectUnharmed();
    const changed = (await office.appliance.audit()).filter(({ fact }) => fact.type === 'settingsChanged');
    expect(changed.slice(-2).map(({ fact }) => fact)).toMatchObject([{ byKind: 'console' }, { byKind: 'console' }]);
  });

  it('that breaks during a monitor ends it, the call goes on, and it works again by itself', async () => {
    const { member, other } = await memberTalks();
    await lifted();
    await office.handset.keys(`${pins[100]}#101#6`, voices.handset);
    await untilHears('other', other, { present: [memberTone, voices.handset], absent: [otherTone] });
    await office.handset.hat.kill();
    await office.untilLogged('an analog line does not work any more');
    await untilHears('other', other, { present: [memberTone], absent: [voices.handset] });
    await untilHears('member', member, { present: [otherTone], absent: [voices.handset] });
    await until(
      'the end in the record',
      async () => (await office.appliance.audit()).at(-1)?.fact.type === 'dialogueEnded',
    );
    expect((await office.appliance.audit()).findLast(({ fact }) => fact.type === 'ended')?.fact.reason).toBe(
      'peerSilent',
    );
    const worked = office.appliance.log.filter(({ msg }) => msg === 'an analog line works').length;
    await office.handset.hat.run();
    await office.handset.return();
    await office.handset.untilQuiet();
    await office.handset.says(voices.handset);
    await office.untilLogged('an analog line works', worked + 1);
    await lifted();
    await office.handset.keys(`${pins[100]}#101#`, voices.handset);
    await untilHears('handset', office.handset, { present: [memberTone, otherTone], absent: [voices.handset] });
  });
});

describe('analog telephones and lines', () => {
  beforeAll(async () => {
    office = await AnalogOffice.open('reported', ['101', '102', '103']);
  });
  afterEach(clear);
  afterAll(() => office.close());

  const telephoneHears = (frequency: number) => steadyLevel(office.telephone.audio.heard(400), frequency) > -30;

  it('a telephone has dial tone, calls, and hears how the call goes', async () => {
    await office.telephone.hat.tell({ do: 'lift' });
    await until('dial tone', () => telephoneHears(networkTone));
    await office.telephone.keys('101', voices.phone);
    await until('silence, then ringback', () => telephoneHears(networkTone));
    const callee = track(await office.phone('101').answer());
    expect(callee.party.user).toBe('121');
    await untilHears('callee', callee, { present: [voices.phone], absent: [memberTone, networkTone] });
    await untilHears('telephone', office.telephone, { present: [memberTone], absent: [voices.phone, networkTone] });
    await office.telephone.keys('7', voices.phone);
    await until('the key', () => callee.audio.digitsReceived === '7');
    callee.hangUp();
    await until('busy tone', () => telephoneHears(networkTone));
  });

  it('a telephone dials by pulses', async () => {
    await office.telephone.hat.tell({ do: 'lift' });
    await until('dial tone', () => telephoneHears(networkTone));
    for (const digit of '102') await office.telephone.hat.tell({ do: 'pulse', digit });
    const callee = track(await office.phone('102').answer());
    await untilHears('callee', callee, { present: [voices.phone], absent: [otherTone] });
  });

  it('a telephone rings with the caller’s number, and answers when it is lifted', async () => {
    const caller = track(await office.phone('101').call('121'));
    await until('the bell', () => office.telephone.hat.last('bell')?.isRinging);
    await until('the caller’s number', () => office.telephone.hat.last('caller')?.number === '101');
    await office.telephone.hat.tell({ do: 'lift' });
    await until('the answer', () => caller.state === 'talking');
    await untilHears('caller', caller, { present: [voices.phone], absent: [memberTone] });
    await untilHears('telephone', office.telephone, { present: [memberTone], absent: [voices.phone] });
    await caller.pressKeys('5', 'rfc4733');
    await office.telephone.hat.tell({ do: 'hangUp' });
    await until('the end', () => caller.state === 'ended');
  });

  it('a telephone holds a party by flash, asks another, and comes back', async () => {
    await office.telephone.hat.tell({ do: 'lift' });
    await until('dial tone', () => telephoneHears(networkTone));
    await office.telephone.keys('101', voices.phone);
    const first = track(await office.phone('101').answer());
    await untilHears('first', first, { present: [voices.phone], absent: [memberTone] });
    await office.telephone.hat.tell({ do: 'flash' });
    await until('the second dial tone', () => telephoneHears(400) && telephoneHears(networkTone));
    await untilHears('first on hold', first, { present: [], absent: [voices.phone] });
    await office.telephone.keys('102', voices.phone);
    const second = track(await office.phone('102').answer());
    await untilHears('second', second, { present: [voices.phone], absent: [memberTone, otherTone] });
    await untilHears('telephone', office.telephone, { present: [otherTone], absent: [memberTone] });
    await office.telephone.hat.tell({ do: 'flash' });
    await until('the second to be released', () => second.state === 'ended');
    await untilHears('telephone', office.telephone, { present: [memberTone], absent: [otherTone] });
    await untilHears('first', first, { present: [voices.phone], absent: [otherTone] });
  });

  it('a telephone joins two parties: flash, another number, hang up', async () => {
    await office.telephone.hat.tell({ do: 'lift' });
    await until('dial tone', () => telephoneHears(networkTone));
    await office.telephone.keys('101', voices.phone);
    const first = track(await office.phone('101').answer());
    await untilHears('first', first, { present: [voices.phone], absent: [memberTone] });
    await office.telephone.hat.tell({ do: 'flash' });
    await until('the second dial tone', () => telephoneHears(400));
    await office.telephone.keys('102', voices.phone);
    const second = track(await office.phone('102').answer());
    await untilHears('second', second, { present: [voices.phone], absent: [memberTone] });
    await office.telephone.hat.tell({ do: 'hangUp' });
    await untilHears('first', first, { present: [otherTone], absent: [voices.phone] });
    await untilHears('second', second, { present: [memberTone], absent: [voices.phone] });
  });

  it('a telephone parks a call by flash and a place, and is told where; another one takes it there', async () => {
    await office.telephone.hat.tell({ do: 'lift' });
    await until('dial tone', () => telephoneHears(networkTone));
    await office.telephone.keys('101', voices.phone);
    const first = track(await office.phone('101').answer());
    await untilHears('first', first, { present: [voices.phone], absent: [memberTone] });
    await office.telephone.hat.tell({ do: 'flash' });
    await until('the second dial tone', () => telephoneHears(400));
    await office.telephone.keys('*04', voices.phone);
    const speech = () => residualLevel(office.telephone.audio.heard(400), []);
    await until('to be told where', () => speech() > -35 && !telephoneHears(400) && !telephoneHears(networkTone));
    await office.telephone.hat.tell({ do: 'hangUp' });
    const second = track(await office.phone('102').call('*04'));
    await until('the call to be taken', () => second.state === 'talking');
    await untilHears('first', first, { present: [otherTone], absent: [voices.phone] });
    await untilHears('second', second, { present: [memberTone], absent: [voices.phone] });
  });

  it('a telephone that is lifted is told how the box is when the button is held, and nobody else is', async () => {
    await office.telephone.hat.tell({ do: 'lift' });
    await until('dial tone', () => telephoneHears(networkTone));
    await office.telephone.keys('101', voices.phone);
    const callee = track(await office.phone('101').answer());
    await untilHears('telephone', office.telephone, { present: [memberTone], absent: [voices.phone, networkTone] });
    const speech = () => residualLevel(office.telephone.audio.heard(400), [memberTone]);
    await until('the call alone', () => speech() < -45);
    await office.panel.setButton(true);
    await pause(3500);
    await office.panel.setButton(false);
    const calleeHears = () => residualLevel(callee.audio.heard(1000), [voices.phone]);
    // The same moment of both: a machine that is late spoils one, not the whole speech.
    await until(
      () => `speech at the telephone only; the callee hears ${calleeHears()} dBFS`,
      () => speech() > -35 && calleeHears() < -45,
    );
    await office.telephone.hat.tell({ do: 'hangUp' });
    await until('the end', () => callee.state === 'ended');
    await office.telephone.hat.tell({ do: 'lift' });
    await until('dial tone', () => telephoneHears(networkTone));
    await until('dial tone alone', () => residualLevel(office.telephone.audio.heard(400), [networkTone]) < -45);
  });

  it('a call from the exchange rings the group with the caller’s number, and ends with the loop current', async () => {
    await office.exchange.hat.tell({ do: 'ring', caller: { number: '0301234567', name: 'Zoe' } });
    const member = track(await office.phone('101').answer());
    expect(member.party.user).toBe('0301234567');
    await until('the line to be seized', () => office.exchange.hat.last('line')?.isSeized);
    await untilHears('member', member, { present: [voices.outside], absent: [memberTone] });
    await untilHears('outside', office.exchange, { present: [memberTone], absent: [voices.outside] });
    await office.exchange.hat.tell({ do: 'breakLoop' });
    await until('the end', () => member.state === 'ended');
    await until('the line to be dropped', () => office.exchange.hat.last('line')?.isSeized === false);
  });

  it('a call to the exchange goes by its prefix, passes keys on, and ends with busy tone', async () => {
    const member = track(await office.phone('101').call('0301234'));
    await until('the number', () => office.exchange.hat.last('dialled')?.digits === '301234');
    await until('the answer', () => member.state === 'talking');
    await untilHears('member', member, { present: [voices.outside], absent: [memberTone] });
    await untilHears('outside', office.exchange, { present: [memberTone], absent: [voices.outside] });
    await member.pressKeys('9', 'rfc4733');
    await until('the key', () => office.exchange.hat.last('dialled')?.digits === '3012349');
    await office.exchange.hat.tell({ do: 'playBusy' });
    await until('the end', () => member.state === 'ended');
  });

  it('a telephone that calls for help gets the line that another call has', async () => {
    const member = track(await office.phone('101').call('0301234'));
    await until('the answer', () => member.state === 'talking');
    await office.telephone.hat.tell({ do: 'lift' });
    await until('dial tone', () => telephoneHears(networkTone));
    await office.telephone.keys('112', voices.phone);
    await until('the other call to end', () => member.state === 'ended');
    await until('the number', () => office.exchange.hat.last('dialled')?.digits === '112');
    await untilHears('outside', office.exchange, { present: [voices.phone], absent: [memberTone, voices.outside] });
  });

  it('a telephone that calls for help while the line rings gets it, once it has been picked up and put down', async () => {
    await office.exchange.hat.tell({ do: 'ring', caller: { number: '0301234567', name: 'Zoe' } });
    await until('the call to ring', () => office.phone('101').incoming.some(({ state }) => state === 'ringing'));
    await office.telephone.hat.tell({ do: 'lift' });
    await until('dial tone', () => telephoneHears(networkTone));
    await office.telephone.keys('112', voices.phone);
    await until('the number', () => office.exchange.hat.last('dialled')?.digits === '112');
    await untilHears('outside', office.exchange, { present: [voices.phone], absent: [memberTone, voices.outside] });
    expect(office.phone('101').incoming.every(({ state }) => state !== 'ringing')).toBe(true);
  });

  it('a telephone that the settings remove ends its call first, and is there again with the settings', async () => {
    const file = join(office.appliance.folder, 'settings.json');
    const before = await readFile(file, 'utf8');
    const settings = JSON.parse(before);
    await office.telephone.hat.tell({ do: 'lift' });
    await until('dial tone', () => telephoneHears(networkTone));
    await office.telephone.keys('101', voices.phone);
    const member = track(await office.phone('101').answer());
    await untilHears('member', member, { present: [voices.phone], absent: [otherTone] });
    await writeFile(file, JSON.stringify({ ...settings, analogPhones: [], trunks: [] }));
    office.appliance.signal('SIGHUP');
    await office.untilLogged('the settings file was edited: what it says is a version of its own');
    await untilHears('member', member, { present: [voices.phone], absent: [otherTone] });
    await untilHears('telephone', office.telephone, { present: [memberTone], absent: [voices.phone] });
    expect((await office.phone('102').call('121')).state).not.toBe('talking');
    await office.telephone.hat.tell({ do: 'hangUp' });
    await until('the end', () => member.state === 'ended');
    const works = office.appliance.log.filter(({ msg }) => msg === 'an analog line works').length;
    await writeFile(file, before);
    office.appliance.signal('SIGHUP');
    await office.untilLogged('an analog line works', works + 3);
    await office.telephone.hat.tell({ do: 'lift' });
    await until('dial tone', () => telephoneHears(networkTone));
    await office.telephone.hat.tell({ do: 'hangUp' });
  });

  it('a line that is unplugged ends its call, is no way out, and comes back by itself', async () => {
    const member = track(await office.phone('101').call('0301234'));
    await until('the answer', () => member.state === 'talking');
    await office.exchange.hat.tell({ do: 'feed', isFed: false });
    await until('the end', () => member.state === 'ended');
    const refused = track(await office.phone('102').call('0301234'));
    await until('a refusal', () => refused.state === 'ended');
    await office.exchange.hat.tell({ do: 'feed', isFed: true });
    const again = await until('a way out', async () => {
      const call = track(await office.phone('102').call('0305678'));
      await until('an answer', () => call.state === 'talking' || call.state === 'ended');
      return call.state === 'talking' && call;
    });
    await untilHears('outside', office.exchange, { present: [otherTone], absent: [voices.outside] });
    again.hangUp();
  });
});

describe('a board whose HATs are missing', () => {
  it('serves the phones, says what is missing, and stops at once', async () => {
    office = await AnalogOffice.open('reported', ['101', '102']);
    for (const { hat } of [office.handset, office.telephone, office.exchange]) await hat.kill();
    await office.untilLogged('an analog line does not work any more', 3);
    await memberTalks();
    await office.untilLogged('an analog line needs looking after');
    expect(await office.appliance.stop()).toBe(0);
    calls.length = 0;
    await office.close();
  });
});
