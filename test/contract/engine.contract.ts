import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ExtensionNumber } from '../../src/primitives/ids.js';
import { legId, playbackId } from '../../src/primitives/ids.js';
import type { Digit } from '../../src/primitives/keys.js';
import type { Playback } from '../../src/switchboard/audio.js';
import type { TransferProgress } from '../../src/switchboard/leg-commands.js';
import type { ReleaseCause } from '../../src/switchboard/release-cause.js';
import { until } from '../support/waiting.js';
import type { Line } from './engine-desk.js';
import { anna, ben, caller, cara, EngineDesk } from './engine-desk.js';
import type { EngineHarness } from './engine-harness.js';
import { trunk } from './engine-harness.js';

/** What every engine must do, whatever it is made of. */
export function engineContract(openHarness: () => Promise<EngineHarness>): void {
  let desk: EngineDesk;

  beforeAll(async () => {
    desk = await EngineDesk.open(await openHarness());
  });

  afterEach(() => desk.clear());

  afterAll(() => desk.harness.close());

  describe('a phone', () => {
    test('that unregisters is reported as gone', async () => {
      const before = desk.events.all.length;
      const second = await desk.harness.register(cara);
      const { contact } = await desk.events.next('contactBound', ({ extension }) => extension === cara, before);
      expect(contact).not.toBe(desk.contactOf(cara));
      await second.unregister();
      const unbound = await desk.events.next('contactUnbound', () => true, before);
      expect(unbound).toEqual({ type: 'contactUnbound', extension: cara, contact });
      const leg = legId('to-nobody');
      desk.events.command((engine) => engine.dial(leg, { kind: 'contact', extension: cara, contact }, caller));
      expect(await desk.events.onLeg('released', leg)).toEqual({ type: 'released', leg, cause: 'unavailable' });
    });
  });

  describe('an incoming call', () => {
    test('reports who calls, from where, and what was dialled', async () => {
      const { leg } = await desk.incoming(ben, '*90#');
      expect(await desk.events.next('incoming', (event) => event.leg === leg)).toMatchObject({
        origin: { kind: 'extension', number: ben },
        caller: { number: ben },
        dialled: '*90#',
      });
    });

    test('from the trunk is recognised as such', async () => {
      await desk.events.next('trunkUp', (event) => event.trunk === trunk);
      const far = await (await desk.harness.trunkSide()).call('4930555');
      const { leg, origin, dialled } = await desk.events.next('incoming', (event) => event.origin.kind === 'trunk');
      desk.opened({ leg, far });
      expect(origin).toEqual({ kind: 'trunk', trunk });
      expect(dialled).toBe('4930555');
    });

    test('rings, opens early media and is answered, each only once however often it is requested', async () => {
      const { leg, far } = await desk.incoming();
      desk.events.command((engine) => engine.ring(leg));
      await desk.progresses(far, 'ringing');
      desk.events.command((engine) => engine.ring(leg));
      desk.events.command((engine) => engine.openEarlyMedia(leg));
      await desk.progresses(far, 'earlyMedia');
      desk.events.command((engine) => engine.openEarlyMedia(leg));
      desk.events.command((engine) => engine.answer(leg));
      await desk.progresses(far, 'answered');
      desk.events.command((engine) => engine.answer(leg));
      expect(desk.events.storyOf(leg)).not.toContain('commandFailed');
    });

    test.each<ReleaseCause>(['busy', 'declined', 'notFound', 'unavailable', 'forbidden', 'congestion', 'incomplete'])(
      'can be refused: %s',
      async (cause) => {
        const { leg, far } = await desk.incoming();
        desk.events.command((engine) => engine.release(leg, cause));
        await desk.events.onLeg('released', leg);
        await desk.progresses(far, 'released');
        expect(far.endedFor).toBe(cause);
      },
    );

    test('can be cancelled by the caller', async () => {
      const { leg, far } = await desk.incoming();
      desk.events.command((engine) => engine.ring(leg));
      await desk.progresses(far, 'ringing');
      far.hangUp();
      await desk.events.onLeg('released', leg);
    });
  });

  test('a far end that is there says so when asked, whoever called', async () => {
    for (const { leg } of [await desk.answeredIncoming(), await desk.answeredOutgoing()]) {
      desk.events.command((engine) => engine.probe(leg, 7));
      const probed = await desk.events.next('probed', (event) => event.leg === leg);
      expect(probed).toEqual({ type: 'probed', leg, probe: 7, isThere: true });
    }
  });

  describe('an outgoing call', () => {
    test('shows the caller, rings, opens early media and is answered', async () => {
      const { leg, far } = await desk.outgoing();
      expect(far.shownNumber).toBe(caller.number);
      far.ring();
      await desk.events.onLeg('ringing', leg);
      far.openEarlyMedia();
      await desk.events.onLeg('earlyMedia', leg);
      far.answer();
      await desk.events.onLeg('answered', leg);
      // Whether the far end says first that it has the call, and sounds before it is answered, is up to it.
      const story = desk.events.storyOf(leg).filter((type) => type !== 'proceeding' && type !== 'earlyMediaHeard');
      expect(story).toEqual(['ringing', 'earlyMedia', 'answered']);
    });

    test('can withhold the caller', async () => {
      const { far } = await desk.outgoing(ben, { number: '', name: '' });
      expect(far.shownNumber).toBe('');
    });

    test.each(['busy', 'declined', 'unavailable'] as const)('can be refused: %s', async (cause) => {
      const { leg, far } = await desk.outgoing();
      far.refuse(cause);
      expect(await desk.events.onLeg('released', leg)).toEqual({ type: 'released', leg, cause });
    });

    test('can be cancelled', async () => {
      const { leg, far } = await desk.outgoing();
      far.ring();
      await desk.events.onLeg('ringing', leg);
      desk.events.command((engine) => engine.release(leg, 'answeredElsewhere'));
      await desk.progresses(far, 'released');
      await desk.events.onLeg('released', leg);
    });

    test('goes through the trunk with the number as dialled', async () => {
      const leg = legId('through-the-trunk');
      desk.events.command((engine) => engine.dial(leg, { kind: 'trunk', trunk, number: '0301234' }, caller));
      const far = await (await desk.harness.trunkSide()).incoming();
      desk.opened({ leg, far });
      far.answer();
      await desk.events.onLeg('answered', leg);
    });

    test('through the trunk reports whom it has reached before it is answered', async () => {
      const leg = legId('forwarded-by-the-trunk');
      desk.events.command((engine) => engine.dial(leg, { kind: 'trunk', trunk, number: '0301234' }, caller));
      const far = await (await desk.harness.trunkSide()).incoming();
      desk.opened({ leg, far });
      far.showIdentity('0305678');
      far.answer();
      expect(await desk.events.onLeg('identified', leg)).toMatchObject({
        caller: { number: '0305678', known: ['0305678'] },
      });
      await desk.events.onLeg('answered', leg);
      const story = desk.events.storyOf(leg);
      expect(story.indexOf('identified')).toBeLessThan(story.indexOf('answered'));
    });

    test('to an extension does not believe the phone about who answers', async () => {
      const { leg, far } = await desk.outgoing();
      far.showIdentity('0305678');
      far.answer();
      await desk.events.onLeg('answered', leg);
      expect(desk.events.storyOf(leg)).not.toContain('identified');
    });
  });

  describe('an answered call', () => {
    test.each(['incoming', 'outgoing'] as const)('ends when the far end hangs up: %s', async (direction) => {
      const { leg, far } = direction === 'incoming' ? await desk.answeredIncoming() : await desk.answeredOutgoing();
      far.hangUp();
      expect(await desk.events.onLeg('released', leg)).toEqual({ type: 'released', leg, cause: 'normal' });
    });

    test.each(['incoming', 'outgoing'] as const)('ends when the engine is ordered to end it: %s', async (direction) => {
      const { leg, far } = direction === 'incoming' ? await desk.answeredIncoming() : await desk.answeredOutgoing();
      desk.events.command((engine) => engine.release(leg, 'normal'));
      await desk.events.onLeg('released', leg);
      await desk.progresses(far, 'released');
    });

    test('reports when the far end holds and resumes', async () => {
      const { leg, far } = await desk.answeredIncoming();
      await far.hold();
      await desk.events.next('held', (event) => event.leg === leg && event.held);
      await far.resume();
      await desk.events.next('held', (event) => event.leg === leg && !event.held);
    });

    test('reports when the far end can no longer be heard, and when it can be again', async () => {
      const { leg, far } = await desk.answeredIncoming();
      far.fallSilent();
      const silent = await desk.events.next('mediaSilent', (event) => event.leg === leg);
      expect(silent).toMatchObject({ reports: 'never', excuse: 'none' });
      expect(silent.silentMs).toBeGreaterThanOrEqual(1000);
      far.speak(-20);
      const heard = await desk.events.next('mediaHeard', (event) => event.leg === leg);
      expect(heard.silentMs).toBeGreaterThanOrEqual(silent.silentMs);
      expect(desk.events.storyOf(leg).filter((type) => type === 'mediaSilent')).toHaveLength(1);
    });

    test.each(['rfc4733', 'info'] as const)('passes each digit on, once and in order: %s', async (how) => {
      const { leg, far } = await desk.answeredIncoming();
      await far.press('12*0#', how);
      const digits = () => desk.events.of(leg).flatMap((event) => (event.type === 'digit' ? [event.digit] : []));
      await until(
        () => `five digits, got ${digits().join('')}`,
        () => digits().length >= 5,
      );
      expect(digits()).toEqual(['1', '2', '*', '0', '#']);
    });

    test('receives digits, and nobody else does', async () => {
      const [a, b] = [await desk.answeredIncoming(), await desk.answeredOutgoing()];
      desk.connect(a, b);
      desk.connect(b, a);
      for (const digit of ['4', '2', '#'] satisfies Digit[])
        desk.events.command((engine) => engine.sendDigit(b.leg, digit));
      await until(
        () => `the digits, got ${b.far.digits}`,
        () => b.far.digits === '42#',
      );
      expect(a.far.digits).toBe('');
    });
  });

  describe('a transfer', () => {
    const untilTold = ({ far }: Line, ...progress: readonly TransferProgress[]) =>
      until(
        () => `${far.name} to be told ${progress}, was told ${far.transfers}`,
        () => far.transfers.length >= progress.length && String(far.transfers) === String(progress),
      );

    test.each(['incoming', 'outgoing'] as const)(
      'can be asked for, and the phone is told how it goes: %s',
      async (direction) => {
        const line = direction === 'incoming' ? await desk.answeredIncoming() : await desk.answeredOutgoing();
        await line.far.transferTo('*90#');
        expect(await desk.events.next('transferTo', ({ leg }) => leg === line.leg)).toMatchObject({ number: '*90#' });
        desk.events.command((engine) => engine.reportTransfer(line.leg, 'ringing'));
        desk.events.command((engine) => engine.reportTransfer(line.leg, 'done'));
        await untilTold(line, 'ringing', 'done');
        desk.events.command((engine) => engine.release(line.leg, 'normal'));
        await desk.progresses(line.far, 'released');
      },
    );

    test('names the other call of an attended one', async () => {
      const [first, second] = [await desk.answeredOutgoing(anna), await desk.answeredIncoming(anna)];
      await first.far.transfer(second.far);
      const asked = await desk.events.next('transfer', ({ held }) => held === first.leg);
      expect(asked).toEqual({ type: 'transfer', held: first.leg, to: second.leg });
    });

    test('names a call that has not been answered', async () => {
      const [first, second] = [await desk.answeredOutgoing(anna), await desk.incoming(anna)];
      desk.events.command((engine) => engine.ring(second.leg));
      await desk.progresses(second.far, 'ringing');
      await first.far.transfer(second.far);
      const asked = await desk.events.next('transfer', ({ held }) => held === first.leg);
      expect(asked).toEqual({ type: 'transfer', held: first.leg, to: second.leg });
    });

    test.each<ReleaseCause>(['busy', 'notFound', 'forbidden'])('that failed can be tried again: %s', async (cause) => {
      const line = await desk.answeredIncoming();
      await line.far.transferTo('102');
      await desk.events.next('transferTo', ({ leg }) => leg === line.leg);
      desk.events.command((engine) => engine.reportTransfer(line.leg, cause));
      await untilTold(line, cause);
      const before = desk.events.all.length;
      await line.far.transferTo('103');
      await desk.events.next('transferTo', ({ number }) => number === '103', before);
      desk.events.command((engine) => engine.reportTransfer(line.leg, 'done'));
      await untilTold(line, cause, 'done');
    });

    test('is reported only to the phone that asked for it, and reported as over only once', async () => {
      const line = await desk.answeredIncoming();
      desk.events.command((engine) => engine.reportTransfer(line.leg, 'done'));
      await line.far.transferTo('102');
      await desk.events.next('transferTo', ({ leg }) => leg === line.leg);
      for (const progress of ['busy', 'ringing', 'done'] as const)
        desk.events.command((engine) => engine.reportTransfer(line.leg, progress));
      await untilTold(line, 'busy');
      await line.far.press('1', 'info');
      expect(line.far.transfers).toEqual(['busy']);
    });
  });

  describe('audio', () => {
    test('flows only where it was connected, and no longer once it is disconnected', async () => {
      const [a, b, c] = await desk.threeAnswered();
      desk.connect(a, b);
      await desk.eachHears([a, []], [b, [a]], [c, []]);
      desk.connect(b, a);
      await desk.eachHears([a, [b]], [b, [a]], [c, []]);
      desk.connect(a, c);
      desk.connect(b, c);
      await desk.eachHears([a, [b]], [b, [a]], [c, [a, b]]);
      desk.connect(c, a);
      await desk.eachHears([a, [b, c]], [b, [a]], [c, [a, b]]);
      desk.events.command((engine) => engine.disconnect(c.leg, a.leg));
      desk.events.command((engine) => engine.disconnect(b.leg, a.leg));
      await desk.eachHears([a, []], [b, [a]], [c, [a, b]]);
    });

    test('waits for a leg that has no audio yet', async () => {
      const [a, b] = [await desk.answeredIncoming(anna), await desk.outgoing(ben)];
      desk.connect(a, b);
      desk.connect(b, a);
      await desk.eachHears([a, []], [b, []]);
      b.far.answer();
      await desk.eachHears([a, [b]], [b, [a]]);
    });

    test('flows before the answer where early media is open', async () => {
      const [a, b] = [await desk.incoming(anna), await desk.outgoing(ben)];
      desk.connect(b, a);
      b.far.openEarlyMedia();
      await desk.events.onLeg('earlyMedia', b.leg);
      desk.events.command((engine) => engine.openEarlyMedia(a.leg));
      await desk.eachHears([a, [b]], [b, []]);
    });

    test('outlives hold and resume', async () => {
      const [a, b, c] = await desk.threeAnswered();
      for (const [from, to] of [
        [a, b],
        [b, a],
        [a, c],
        [b, c],
      ] as const)
        desk.connect(from, to);
      await desk.eachHears([a, [b]], [b, [a]], [c, [a, b]]);
      await a.far.hold();
      await desk.events.next('held', (event) => event.leg === a.leg && event.held);
      await a.far.resume();
      await desk.eachHears([a, [b]], [b, [a]], [c, [a, b]]);
    });

    test('goes on for the others when one leaves', async () => {
      const [a, b, c] = await desk.threeAnswered();
      desk.connect(a, b);
      desk.connect(a, c);
      desk.connect(b, a);
      desk.connect(c, a);
      await desk.eachHears([a, [b, c]], [b, [a]], [c, [a]]);
      c.far.hangUp();
      await desk.events.onLeg('released', c.leg);
      await desk.eachHears([a, [b]], [b, [a]]);
    });

    test('has the given gain, which can be changed in place', async () => {
      const [a, b, c] = await desk.threeAnswered();
      desk.connect(a, b);
      desk.connect(a, c);
      await desk.eachHears([a, []], [b, [a]], [c, [a]]);
      const plain = b.far.level(a.far) ?? Number.NaN;
      desk.events.command((engine) =>
        engine.setVolume({ from: a.leg, to: c.leg, gain: -12, levelled: false, side: 'both' }),
      );
      await until(
        () => `a to be 12 dB softer for c, was ${plain}, is ${c.far.level(a.far)}`,
        () => Math.abs((c.far.level(a.far) ?? Number.NaN) - (plain - 12)) < 2,
      );
      expect(Math.abs((b.far.level(a.far) ?? Number.NaN) - plain)).toBeLessThan(2);
    });
  });

  describe.each([
    { soft: 'a call', listener: 'a call' },
    { soft: 'a call', listener: 'an analog line' },
    { soft: 'an analog line', listener: 'a call' },
  ] as const)('levelled audio of a call and $soft to $listener', (kinds) => {
    const open = (kind: 'a call' | 'an analog line', extension: ExtensionNumber) =>
      kind === 'a call' ? desk.answeredIncoming(extension) : desk.channel();

    test('is equally loud whoever speaks, with its gain on top, and the parties hear each other unchanged', async () => {
      const loud = await desk.answeredOutgoing(ben);
      const soft = await open(kinds.soft, anna);
      const listener = await open(kinds.listener, cara);
      loud.far.speak(-10);
      soft.far.speak(-30);
      desk.connect(loud, soft);
      desk.connect(soft, loud);
      for (const party of [loud, soft]) desk.connect(party, listener, true);
      const heard = ({ far }: typeof loud | typeof soft) => listener.far.level(far) ?? Number.NaN;
      const untilApart = (least: number, most: number) =>
        until(
          () => `${least} to ${most} dB between the parties, heard at ${heard(loud)} and ${heard(soft)}`,
          () => heard(loud) - heard(soft) >= least && heard(loud) - heard(soft) <= most,
        );
      await untilApart(-3, 3);
      expect(soft.far.level(loud.far)).toBeCloseTo(-10, 0);
      expect(loud.far.level(soft.far)).toBeCloseTo(-30, 0);
      const change = (party: typeof loud | typeof soft, gain: number, levelled: boolean) =>
        desk.events.command((engine) =>
          engine.setVolume({ from: party.leg, to: listener.leg, gain, levelled, side: 'both' }),
        );
      change(loud, -12, true);
      await untilApart(-15, -9);
      for (const party of [loud, soft]) change(party, 0, false);
      await untilApart(18, 22);
    });
  });

  describe('a playback', () => {
    test('is heard only by its leg, on top of everything else, until it is stopped', async () => {
      const [a, b] = [await desk.answeredIncoming(anna), await desk.answeredOutgoing(ben)];
      desk.connect(a, b);
      desk.connect(b, a);
      const wanted = desk.newPlayback(a.leg, true);
      desk.events.command((engine) => engine.play(wanted));
      await desk.hearsBox(a.far, true);
      await desk.eachHears([a, [b]], [b, [a]]);
      expect(b.far.hearsBox()).toBe(false);
      desk.events.command((engine) => engine.stopPlayback(a.leg, wanted.id));
      await desk.hearsBox(a.far, false);
      expect(desk.events.storyOf(a.leg)).not.toContain('playbackEnded');
    });

    test('ends by itself only once', async () => {
      const { leg } = await desk.answeredIncoming();
      const [first, second] = [desk.newPlayback(leg, false), desk.newPlayback(leg, false)];
      desk.events.command((engine) => engine.play(first));
      desk.harness.endPlaybacks(leg);
      await desk.events.next('playbackEnded', (event) => event.playback === first.id);
      desk.events.command((engine) => engine.play(second));
      desk.harness.endPlaybacks(leg);
      await desk.events.next('playbackEnded', (event) => event.playback === second.id);
      expect(desk.events.storyOf(leg).filter((type) => type === 'playbackEnded')).toHaveLength(2);
    });

    test('may be requested together with the answer', async () => {
      const { leg, far } = await desk.incoming();
      desk.events.command((engine) => {
        engine.answer(leg);
        engine.play(desk.newPlayback(leg, true));
      });
      await desk.hearsBox(far, true);
    });

    test('ends with its leg, without another event', async () => {
      const { leg, far } = await desk.answeredIncoming();
      desk.events.command((engine) => engine.play(desk.newPlayback(leg, false)));
      far.hangUp();
      await desk.events.onLeg('released', leg);
      const other = await desk.answeredIncoming(cara);
      const later = desk.newPlayback(other.leg, false);
      desk.events.command((engine) => engine.play(later));
      desk.harness.endPlaybacks(other.leg);
      await desk.events.next('playbackEnded', (event) => event.playback === later.id);
      expect(desk.events.storyOf(leg).at(-1)).toBe('released');
    });
  });

  describe('a channel', () => {
    test('hears and is heard as it was connected, with calls and without', async () => {
      const [line, a, b] = [await desk.channel(), await desk.answeredIncoming(anna), await desk.channel()];
      await desk.eachHears([line, []], [a, []], [b, []]);
      desk.connect(line, a);
      await desk.eachHears([line, []], [a, [line]], [b, []]);
      desk.connect(a, line);
      desk.connect(line, b);
      await desk.eachHears([line, [a]], [a, [line]], [b, [line]]);
      desk.events.command((engine) => engine.disconnect(line.leg, a.leg));
      await desk.eachHears([line, [a]], [a, []], [b, [line]]);
    });

    test.each(['dial', 'recallDial', 'busy', 'howler'] as const)('plays a network tone: %s', async (name) => {
      const { leg, far } = await desk.channel();
      const items = [{ kind: 'networkTone', name, country: 'de' } as const];
      const tone: Playback = { id: playbackId(`tone-${name}`), leg, language: 'de', items, loop: true };
      desk.events.command((engine) => engine.play(tone));
      await until(`${name} tone`, () => far.hearsTone(name));
      desk.events.command((engine) => engine.stopPlayback(leg, tone.id));
      await until('silence', () => !far.hearsTone(name));
    });

    test('has keys detected in its sound if the line does not report them', async () => {
      const [silent, speaking] = [await desk.channel('reported'), await desk.channel('inBand')];
      await silent.far.press('98');
      await speaking.far.press('12*0#');
      const digits = () => desk.events.of(speaking.leg).flatMap((event) => (event.type === 'digit' ? event.digit : []));
      await until(
        () => `five digits, got ${digits().join('')}`,
        () => digits().length >= 5,
      );
      expect(digits()).toEqual(['1', '2', '*', '0', '#']);
      expect(desk.events.storyOf(silent.leg)).not.toContain('digit');
    });

    test('hears the digits that are sent, one after the other', async () => {
      const { leg, far } = await desk.channel();
      for (const digit of ['4', '4', '#'] satisfies Digit[])
        desk.events.command((engine) => engine.sendDigit(leg, digit));
      await until(
        () => `the digits, got ${far.digits}`,
        () => far.digits === '44#',
      );
    });

    test('is silent once it is closed, and can be opened again', async () => {
      const [line, a] = [await desk.channel(), await desk.answeredIncoming(anna)];
      desk.connect(line, a);
      await desk.eachHears([line, []], [a, [line]]);
      desk.events.command(() => desk.harness.channels.closeChannel(line.leg));
      await desk.eachHears([line, []], [a, []]);
      desk.events.command((engine) => {
        desk.harness.channels.closeChannel(line.leg);
        desk.harness.channels.openChannel(line.leg, line.far.sound, 'reported');
        engine.connect({ from: line.leg, to: a.leg, gain: 0, levelled: false, side: 'both' });
      });
      await desk.eachHears([line, []], [a, [line]]);
    });
  });

  describe('at the end', () => {
    test('commands to legs that have ended, or never were, do no harm', async () => {
      const { leg, far } = await desk.answeredIncoming();
      const other = await desk.answeredOutgoing();
      far.hangUp();
      await desk.events.onLeg('released', leg);
      const stopped = desk.newPlayback(leg, true);
      for (const ended of [leg, legId('never')]) {
        desk.events.command((engine) => {
          engine.ring(ended);
          engine.openEarlyMedia(ended);
          engine.answer(ended);
          engine.connect({ from: ended, to: other.leg, gain: 0, levelled: false, side: 'both' });
          engine.connect({ from: other.leg, to: ended, gain: 0, levelled: false, side: 'both' });
          engine.setVolume({ from: ended, to: other.leg, gain: 3, levelled: false, side: 'both' });
          engine.disconnect(ended, other.leg);
          engine.play({ ...stopped, leg: ended });
          engine.stopPlayback(ended, stopped.id);
          engine.sendDigit(ended, '1');
          engine.reportTransfer(ended, 'done');
          engine.release(ended, 'normal');
        });
      }
      other.far.hangUp();
      await desk.events.onLeg('released', other.leg);
      expect(desk.events.storyOf(leg).at(-1)).toBe('released');
    });

    test('every leg was released once, as its last event', () => {
      const legs = new Set(desk.events.all.flatMap((event) => ('leg' in event ? [event.leg] : [])));
      for (const leg of legs) if (leg === legId('never') || leg.startsWith('line-')) legs.delete(leg);
      expect(legs.size).toBeGreaterThan(20);
      for (const leg of legs) {
        const story = desk.events.storyOf(leg);
        expect(story.indexOf('released'), `${leg}: ${story}`).toBe(story.length - 1);
      }
    });

    test('no command has failed, except those to legs that were just ending', () => {
      const failed = desk.events.all.flatMap((event) => (event.type === 'commandFailed' ? [event.leg] : []));
      for (const leg of failed.filter((one) => one !== legId('never'))) {
        const story = desk.events.storyOf(leg);
        expect(story[story.lastIndexOf('commandFailed') + 1], `${leg}: ${story}`).toBe('released');
      }
    });

    test('stopping ends the remaining calls', async () => {
      await desk.answeredIncoming(anna);
      await desk.outgoing(ben);
      const farEnds = await desk.stop();
      expect(farEnds).toHaveLength(2);
      for (const far of farEnds) await desk.progresses(far, 'released');
    });

    test('commands to an engine that has been stopped do no harm', async () => {
      const leg = desk.newLeg();
      const line = await desk.harness.line(leg);
      const other = legId('never');
      const edge = { from: leg, to: other, gain: 0, levelled: false, side: 'both' } as const;
      desk.events.command((engine) => {
        desk.harness.channels.openChannel(leg, line.sound, 'reported');
        engine.connect(edge);
        engine.setVolume(edge);
        engine.disconnect(leg, other);
        engine.play(desk.newPlayback(leg, true));
        engine.sendDigit(leg, '1');
        engine.probe(leg, 1);
        engine.dial(desk.newLeg(), { kind: 'trunk', trunk, number: '0' }, caller);
        engine.setExtensions([]);
        engine.setTrunks([]);
        engine.release(leg, 'normal');
        desk.harness.channels.closeChannel(leg);
      });
    });
  });
}
