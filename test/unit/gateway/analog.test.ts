import { beforeEach, describe, expect, test } from 'vitest';
import { phoneTimes } from '../../../src/lines/analog/phone.js';
import { trunkTimes } from '../../../src/lines/analog/trunk.js';
import type { Line } from '../../../src/lines/line.js';
import type { LegId, PortId } from '../../../src/primitives/ids.js';
import { legId, portId } from '../../../src/primitives/ids.js';
import type { Digit } from '../../../src/primitives/keys.js';
import { SimulatedFxoLine, SimulatedFxsLine } from '../../doubles/line.js';
import { anna, ben, cara, city, inside, mona } from '../switchboard/office.js';
import { House } from './house.js';

const handsetPort = portId('handset');
const phonePort = portId('phone1');
const linePort = portId('line1');
/** The legs that stand for their sound. */
const handsetSound = legId('handset');
const phoneSound = legId('phone1');
const lineSound = legId('line1');

let handset: SimulatedFxsLine;
let telephone: SimulatedFxsLine;
let exchange: SimulatedFxoLine;
let house: House;

/** Mona's handset, which asks for the PIN at once; a second telephone of Cara's; the city's trunk as a line of an exchange. */
beforeEach(async () => {
  house = await houseWith('atOnce');
});

function houseWith(playbacksEnd: 'atOnce' | 'whenTold'): Promise<House> {
  handset = new SimulatedFxsLine();
  telephone = new SimulatedFxsLine();
  exchange = new SimulatedFxoLine();
  return House.open({
    playbacksEnd,
    analog: {
      lines: new Map<PortId, Line>([
        [handsetPort, handset],
        [phonePort, telephone],
        [linePort, exchange],
      ]),
      settings: {
        phones: [
          {
            port: handsetPort,
            extension: mona,
            country: 'de',
            onLift: { kind: 'call', number: '*90' },
            isComplete: () => false,
          },
          {
            port: phonePort,
            extension: cara,
            country: 'de',
            onLift: { kind: 'dialTone' },
            isComplete: (number) => number.length === 3,
          },
        ],
        trunks: [{ port: linePort, trunk: city, country: 'de' }],
      },
    },
  });
}

const press = async (line: SimulatedFxsLine, digits: string) => {
  for (const digit of digits) await house.does(() => line.press(digit as Digit));
};
const toneOf = (leg: LegId) => house.isTold({ leg });

describe('an analog telephone', () => {
  test('has dial tone when it is lifted, and none when it is hung up', async () => {
    await house.does(() => telephone.lift());
    expect(toneOf(phoneSound)).toEqual(['dial']);
    await house.does(() => telephone.hangUp());
    expect(toneOf(phoneSound)).toEqual([]);
  });

  test('calls a phone: ringback, speech both ways, busy tone after the end', async () => {
    await house.does(() => telephone.lift());
    await press(telephone, '102');
    const callee = house.calledAt(ben);
    expect(callee.calledAs?.callerId).toEqual({ number: '103', name: 'Cara' });
    expect(toneOf(phoneSound)).toEqual([]);
    await house.does(() => callee.ring());
    expect(toneOf(phoneSound)).toEqual(['ringback']);
    await house.does(() => callee.answer());
    expect(toneOf(phoneSound)).toEqual([]);
    expect(house.hears({ leg: phoneSound })).toEqual([callee.leg]);
    expect(house.hears(callee)).toEqual([phoneSound]);
    await press(telephone, '5');
    expect(callee.digits).toEqual(['5']);
    await house.does(() => callee.hangUp());
    expect(toneOf(phoneSound)).toEqual(['busy']);
    expect(house.hears({ leg: phoneSound })).toEqual([]);
    await house.passes(phoneTimes.overTone);
    expect(toneOf(phoneSound)).toEqual(['howler']);
    await house.does(() => telephone.hangUp());
    expect(house.engine.remains).toEqual({ legs: 0, edges: 0, playbacks: 0 });
  });

  test('rings beside the other phones of its extension, and is silent when one of them answers', async () => {
    const caller = await house.dials(inside(anna), '103');
    expect(telephone.ringing?.caller).toEqual({ number: '101', name: 'Anna' });
    expect(caller.progress).toBe('ringing');
    await house.does(() => house.calledAt(cara).answer());
    expect(telephone.ringing).toBeUndefined();
    expect(house.hears(caller)).not.toContain(phoneSound);
  });

  test('answers when it is lifted, and hears the keys of the other side', async () => {
    const caller = await house.dials(inside(anna), '103');
    await house.does(() => telephone.lift());
    expect(caller.progress).toBe('answered');
    expect(house.calledAt).toThrow();
    expect(house.hears(caller)).toEqual([phoneSound]);
    expect(house.hears({ leg: phoneSound })).toEqual([caller.leg]);
    await house.press(caller, '7');
    expect(house.engine.channels.get(phoneSound)?.digits).toEqual(['7']);
    await house.does(() => telephone.hangUp());
    expect(caller.releasedFor).toBe('normal');
    expect(house.complaints).toEqual([]);
  });

  test('is busy to others while it is lifted, and not there while its hardware is not', async () => {
    await house.does(() => telephone.lift());
    const caller = await house.dials(inside(anna), '103');
    await house.does(() => house.calledAt(cara).hangUp('declined'));
    expect(caller.releasedFor).toBe('declined');
    await house.does(() => telephone.fail('unplugged'));
    expect(house.engine.channels.has(phoneSound)).toBe(false);
    expect(house.complaints.join()).toContain('unplugged');
    await house.does(() => telephone.recover());
    expect(house.engine.channels.has(phoneSound)).toBe(true);
    expect(toneOf(phoneSound)).toEqual(['dial']);
  });

  test('puts a party on hold, asks another, and comes back', async () => {
    await house.does(() => telephone.lift());
    await press(telephone, '101');
    const first = house.calledAt(anna);
    await house.does(() => first.answer());
    await house.does(() => telephone.flash());
    expect(toneOf(phoneSound)).toEqual(['recallDial']);
    expect(house.isTold(first)).toEqual(['hold', 'pause']);
    expect([house.hears(first), house.hears({ leg: phoneSound })]).toEqual([[], []]);
    await press(telephone, '102');
    const second = house.calledAt(ben);
    await house.does(() => second.answer());
    expect(house.hears(second)).toEqual([phoneSound]);
    expect(house.hears(first)).toEqual([]);
    await house.does(() => telephone.flash());
    expect(second.releasedFor).toBe('normal');
    expect(house.hears(first)).toEqual([phoneSound]);
    expect(house.hears({ leg: phoneSound })).toEqual([first.leg]);
  });

  test.each(['that talks', 'that still rings'])(
    'joins the party on hold with one %s when it is hung up',
    async (how) => {
      await house.does(() => telephone.lift());
      await press(telephone, '101');
      const first = house.calledAt(anna);
      await house.does(() => first.answer());
      await house.does(() => telephone.flash());
      await press(telephone, '102');
      const second = house.calledAt(ben);
      await house.does(() => second.ring());
      if (how === 'that talks') await house.does(() => second.answer());
      await house.does(() => telephone.hangUp());
      if (how === 'that still rings') await house.does(() => second.answer());
      expect(house.hears(first)).toEqual([second.leg]);
      expect(house.hears(second)).toEqual([first.leg]);
      expect(house.hears({ leg: phoneSound })).toEqual([]);
      await house.does(() => first.hangUp());
      expect(second.releasedFor).toBe('normal');
      expect(house.engine.remains).toEqual({ legs: 0, edges: 0, playbacks: 0 });
    },
  );

  test('works alike with keys found in its audio and with reported keys', async () => {
    telephone.keys = 'inBand';
    await house.does(() => telephone.fail('reset'));
    await house.does(() => telephone.recover());
    await house.does(() => telephone.lift());
    await house.does(() => house.engine.sound(phoneSound, '1', '0', '2'));
    expect(house.calledAt(ben).progress).toBe('trying');
    expect(JSON.stringify(house.logged)).not.toContain('"digit":');
  });
});

describe('the moderator’s handset', () => {
  test('asks for the PIN when it is lifted, listens unheard, whispers, barges in, and leaves', async () => {
    const { caller, callee } = await house.talk(anna, ben);
    await house.does(() => handset.lift());
    expect(house.factTypes).toContain('attempt');
    expect(house.engine.channels.has(handsetSound)).toBe(true);
    await press(handset, '1234#101#');
    expect(house.hears({ leg: handsetSound })).toEqual([caller.leg, callee.leg].sort());
    expect(house.hears(caller)).toEqual([callee.leg]);
    expect(house.hears(callee)).toEqual([caller.leg]);
    await press(handset, '5');
    expect(house.hears(caller)).toEqual([callee.leg, handsetSound].sort());
    expect(house.hears(callee)).toEqual([caller.leg]);
    await press(handset, '6');
    expect(house.hears(callee)).toEqual([caller.leg, handsetSound].sort());
    await house.does(() => handset.hangUp());
    expect(house.hears(callee)).toEqual([caller.leg]);
    expect(house.hears({ leg: handsetSound })).toEqual([]);
    expect([caller.digits, callee.digits]).toEqual([[], []]);
    expect(house.factTypes.slice(-2)).toEqual(['ended', 'dialogueEnded']);
  });

  test('that breaks ends the monitor, and the call goes on', async () => {
    const { caller, callee } = await house.talk(anna, ben);
    await house.does(() => handset.lift());
    await press(handset, '1234#101#6');
    await house.does(() => handset.fail('unplugged'));
    expect(house.factTypes.slice(-2)).toEqual(['ended', 'dialogueEnded']);
    expect(house.hears(callee)).toEqual([caller.leg]);
    expect(house.panel.lamps.monitor).toBe('dark');
    await house.does(() => handset.hangUp());
    await house.does(() => handset.recover());
    await house.does(() => handset.lift());
    await press(handset, '1234#101#');
    expect(house.hears({ leg: handsetSound })).toEqual([caller.leg, callee.leg].sort());
  });

  test('takes a call over', async () => {
    const { caller, callee } = await house.talk(anna, ben);
    await house.does(() => handset.lift());
    await press(handset, '1234#101#8');
    expect(caller.progress).toBe('released');
    expect(house.hears(callee)).toEqual([handsetSound]);
    expect(house.hears({ leg: handsetSound })).toEqual([callee.leg]);
    await house.does(() => callee.hangUp());
    expect(toneOf(handsetSound)).toEqual(['busy']);
  });
});

describe('what the box says about itself', () => {
  const items = [{ kind: 'prompt', name: 'box-licensed' }] as const;
  const speaks = () => house.does(() => house.legs.announce(items));
  const heard = (leg: LegId) =>
    house.engine
      .heardBy(leg)
      .playbacks.filter(({ id }) => id.startsWith('box-state-'))
      .flatMap((playback) => playback.items);

  beforeEach(async () => {
    house = await houseWith('whenTold');
  });

  test('is heard on the moderator’s handset once, if that is lifted', async () => {
    await house.does(() => telephone.lift());
    await house.does(() => handset.lift());
    await speaks();
    expect(heard(handsetSound)).toEqual(items);
    expect(heard(phoneSound)).toEqual([]);
    await house.does(() => house.engine.endPlaybacks(handsetSound));
    await house.passes(1000);
    expect(heard(handsetSound)).toEqual([]);
  });

  test('is heard on another telephone that is lifted, and ends when it is hung up', async () => {
    await house.does(() => telephone.lift());
    await speaks();
    expect(heard(phoneSound)).toEqual(items);
    await house.does(() => telephone.hangUp());
    expect(heard(phoneSound)).toEqual([]);
    await house.does(() => telephone.lift());
    expect(heard(phoneSound)).toEqual([]);
  });

  test('is heard nowhere while no handset is lifted, and not later either', async () => {
    await speaks();
    await house.does(() => handset.lift());
    expect(heard(handsetSound)).toEqual([]);
  });

  test('disturbs no monitor: the call is heard as well', async () => {
    const { caller, callee } = await house.talk(anna, ben);
    await house.does(() => handset.lift());
    await press(handset, '1234#101#');
    await speaks();
    expect(heard(handsetSound)).toEqual(items);
    expect(house.hears({ leg: handsetSound })).toEqual([caller.leg, callee.leg].sort());
    expect(house.hears(caller)).toEqual([callee.leg]);
  });
});

describe('the line of an exchange', () => {
  test('rings a group with the caller’s number, and is answered', async () => {
    await house.does(() => exchange.ringFromOutside({ number: '0170', name: 'Zoe' }));
    const [first, second] = [house.calledAt(anna), house.calledAt(ben)];
    expect(first.calledAs?.callerId).toEqual({ number: '0170', name: 'Zoe' });
    expect(exchange.isSeized).toBe(false);
    await house.does(() => second.answer());
    expect(first.progress).toBe('released');
    expect(exchange.isSeized).toBe(true);
    expect(house.hears(second)).toEqual([lineSound]);
    expect(house.hears({ leg: lineSound })).toEqual([second.leg]);
    await house.does(() => exchange.breakLoop());
    expect(second.progress).toBe('released');
    expect(exchange.isSeized).toBe(false);
    expect(house.hears({ leg: lineSound })).toEqual([]);
  });

  test('is dialled through by its prefix, and passes keys on', async () => {
    const caller = await house.dials(inside(anna), '0301234');
    expect(exchange.dialled).toBe('301234');
    expect(caller.progress).toBe('answered');
    expect(house.hears(caller)).toEqual([lineSound]);
    await house.press(caller, '9');
    expect(exchange.dialled).toBe('3012349');
    await house.does(() => exchange.playBusy());
    expect(caller.releasedFor).toBe('normal');
    expect(exchange.isSeized).toBe(false);
  });

  test('is busy for a second call, which goes by the next trunk', async () => {
    await house.dials(inside(anna), '0301234');
    await house.dials(inside(ben), '0305678');
    expect(exchange.dialled).toBe('301234');
    expect(house.calledAt('trunk').calledAs?.to).toMatchObject({ trunk: 'spare', number: '305678' });
  });

  test('stops ringing everybody when the caller gives up', async () => {
    await house.does(() => exchange.ringFromOutside());
    await house.passes(trunkTimes.callerId);
    const callee = house.calledAt(anna);
    expect(callee.calledAs?.callerId.number).toBe('');
    await house.does(() => exchange.stopRinging());
    expect(callee.progress).toBe('released');
  });

  test('that is unplugged is a trunk that is down', async () => {
    await house.does(() => exchange.fail('unplugged'));
    await house.dials(inside(anna), '0301234');
    expect(house.calledAt('trunk').calledAs?.to).toMatchObject({ trunk: 'spare' });
  });
});
