import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totalLevel } from '../../test/support/audio/tones.js';
import { passwordOf, pins, toneOf, untilHears } from '../../test/support/office.js';
import { Person } from '../../test/support/person.js';
import { toneVoice } from '../../test/support/rtp/voice.js';
import type { SipCall } from '../../test/support/sip/call.js';
import { UserAgent } from '../../test/support/sip/user-agent.js';
import { Vendor } from '../../test/support/vendor.js';
import { until } from '../../test/support/waiting.js';
import { BoardAdmin } from './board-admin.js';
import { EmulatedBoard } from './emulated-board.js';
import { PluggedHat } from './plugged-hat.js';

const run = promisify(execFile);
/** Whatever takes time takes more of it under emulation. */
const patienceMs = 10 * 60_000;
/** What is said into the handset, in Hz. */
const handsetVoice = 550;
const [memberTone, otherTone] = [toneOf('101'), toneOf('102')];

describe('the handset of the HAT at a board', () => {
  let vendor: Vendor;
  let board: EmulatedBoard;
  let plugged: PluggedHat;
  let handset: Person;
  let admin: BoardAdmin;
  const phones: UserAgent[] = [];

  const phone = async (number: string) => {
    const credentials = { username: number, password: passwordOf(number) };
    const server = { protocol: 'udp', address: '127.0.0.1', port: board.ports.sip } as const;
    const agent = await UserAgent.open({ server, credentials, goesThroughServer: true });
    phones.push(agent);
    expect(await agent.register()).toMatchObject({ status: 200 });
    return agent;
  };
  /** Says the tone of a party, where the box can be reached from this machine. */
  const speak = async ({ audio, remoteAudio }: SipCall, tone: number) => {
    if (remoteAudio === undefined) throw new Error('the box takes no audio');
    const port = await board.forwardUdp(remoteAudio.port);
    audio.aim({ address: '127.0.0.1', port, law: 'PCMA', eventPayloadType: undefined, isOpen: true });
    audio.say(toneVoice(tone));
  };
  /** A call of 101 to 102. */
  const talk = async () => {
    const [caller, callee] = [await phone('101'), await phone('102')];
    let other: SipCall | undefined;
    callee.onCall = (call) => {
      other = call;
      call.accept();
    };
    const member = await caller.call('102', { codecs: ['PCMA'] });
    await until('the two to talk', () => member.state === 'talking', patienceMs);
    if (other === undefined) throw new Error('102 was not called');
    await speak(member, memberTone);
    await speak(other, otherTone);
    return { member, other };
  };
  const hears = (name: string, who: Parameters<typeof untilHears>[1], present: number[], absent: number[]) =>
    untilHears(name, who, { present, absent }, patienceMs);
  /** A moderator, two members, and the handset as one that asks for the PIN when it is lifted. */
  const setUp = async () => {
    const put = (path: string, body: object) => admin.expectOk('PUT', path, body, '*');
    for (const number of ['100', '101', '102', '120'])
      await put(`/extensions/${number}`, { name: `Person ${number}`, password: passwordOf(number), consents: true });
    await put('/groups/leads', { name: 'Leads', members: ['100'] });
    await put('/groups/support', { name: 'Support', members: ['101', '102'] });
    await put('/profiles/support', {
      ...{ name: 'Support', service: '*55', moderators: 'leads', members: 'support', interventions: [] },
      notice: { member: { kind: 'none' }, other: { kind: 'none' } },
    });
    await put('/pins/100', { pin: pins[100] });
    await put('/analog-phones/handset', { extension: '120', onLift: { kind: 'call', number: '*55' } });
  };
  /** What a licence key of the vendor's opens: the product as they have built it, in place of the image's until the next start. */
  const useProductOf = async ({ program }: Vendor) => {
    const built = ['-C', dirname(dirname(program)), '--exclude=*.map', '--exclude=./web', '-c', '.'];
    const { stdout } = await run('tar', built, { encoding: 'buffer', maxBuffer: 2 ** 26 });
    const product = '/usr/lib/modcall/dist';
    await board.sh(
      `cp -r ${product} /run/product && tar -x -C /run/product && mount --bind /run/product ${product}`,
      stdout,
    );
  };

  beforeAll(async () => {
    vendor = await Vendor.open();
    board = await EmulatedBoard.withNewCard();
    plugged = await PluggedHat.at(board);
    handset = await Person.at(plugged.hat);
    await board.switchOn();
    const [, hardwareId = ''] = await board.untilConsole('the hardware ID', /"hardwareId":"(MH2-[A-Z0-9-]+)"/);
    admin = await BoardAdmin.of(board);
    await setUp();
    await board.untilConsole('the slot to be kept', /marked slot system\.0 as good/);
    await board.untilSh('SSH', 'true');
    await plugged.install();
    await useProductOf(vendor);
    board.forgetConsole();
    await board.sh('systemctl restart modcall');
    await admin.signIn();
    const key = await readFile(
      await vendor.issue('for-the-board', '--kind', 'bought', '--hardware-id', hardwareId),
      'utf8',
    );
    await admin.expectOk('PUT', '/licence', { key }, '*');
    await board.untilConsole('the handset', /an analog line works/);
    await board.untilConsole('its sound', /the sound of a line is there/);
    await handset.says(handsetVoice);
  });
  afterAll(async () => {
    for (const agent of phones) agent.close();
    handset?.leave();
    await plugged?.remove();
    admin?.close();
    await board?.remove();
    await vendor?.close();
  });

  it('listens to a call by PIN, which the monitor LED shows, until the button is pressed', async () => {
    const { member, other } = await talk();
    const areAmongThemselves = async () => {
      await hears('member', member, [otherTone], [memberTone, handsetVoice]);
      await hears('other', other, [memberTone], [otherTone, handsetVoice]);
    };
    await areAmongThemselves();
    const wires = await board.wires();
    expect(await wires.lamps()).toMatchObject({ monitor: false });

    await plugged.hat.tell({ do: 'lift' });
    await until('the prompt', () => totalLevel(handset.audio.heard(200)) > -40, patienceMs);
    await handset.keys(`${pins[100]}#101#`, handsetVoice);
    await hears('handset', handset, [memberTone, otherTone], [handsetVoice]);
    expect(await wires.lamps()).toMatchObject({ monitor: true });
    await areAmongThemselves();

    await wires.setButton(true);
    await pause(200);
    await wires.setButton(false);
    await until('the monitor LED to go out', async () => !(await wires.lamps()).monitor, patienceMs);
    await hears('handset', handset, [], [memberTone, otherTone]);
    await areAmongThemselves();
    expect(member.state).toBe('talking');
    wires.close();
  });
});
