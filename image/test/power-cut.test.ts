import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BoardAdmin } from './board-admin.js';
import { EmulatedBoard } from './emulated-board.js';
import { FlushedCard } from './flushed-card.js';

/** How often the power is cut; the nightly run has more (image/power-cuts.sh). */
const cuts = Number(process.env.POWER_CUTS ?? 10);
const longestWritingMs = 8000;
const number = '201';
const perCutMs = 60 * 60_000;

/** Settings of which the box has said that they are kept. */
interface Confirmed {
  readonly version: number;
  readonly name: string;
}

describe('a power cut while settings and the record are written', () => {
  let board: EmulatedBoard;
  let admin: BoardAdmin;

  const rename = async (name: string): Promise<Confirmed> => {
    const answer = await admin.expectOk('PATCH', `/extensions/${number}`, { name }, '*');
    return { ...(answer as { readonly version: number }), name };
  };

  /** Changes the settings, one change after the other, until the power is cut. */
  async function writeUntilCut(round: number): Promise<readonly Confirmed[]> {
    const confirmed: Confirmed[] = [await rename(`Round ${round}`)];
    let isCut = false;
    const write = async () => {
      for (let n = 1; !isCut; n += 1) {
        // The one that the cut interrupts is kept or not, and never answered.
        const kept = await rename(`Round ${round}, ${n}`).catch(() => null);
        if (kept !== null) confirmed.push(kept);
      }
    };
    const writing = write();
    await pause(Math.random() * longestWritingMs);
    isCut = true;
    await board.cutPower();
    await writing;
    return confirmed;
  }

  /** What was confirmed and is gone. */
  async function lost(confirmed: readonly Confirmed[]): Promise<readonly string[]> {
    const { settings, version } = (await admin.expectOk('GET', '/settings')) as {
      readonly settings: { readonly extensions: readonly { readonly number: string; readonly name: string }[] };
      readonly version: number;
    };
    const latest = confirmed.at(-1);
    const name = settings.extensions.find((extension) => extension.number === number)?.name;
    const { entries } = (await admin.expectOk('GET', '/audit?type=settingsChanged&limit=500')) as {
      readonly entries: readonly { readonly fact: { readonly version: number } }[];
    };
    const recorded = new Set(entries.map(({ fact }) => fact.version));
    const missing = confirmed.filter((each) => !recorded.has(each.version)).map((each) => `record of ${each.name}`);
    // The change that was interrupted may have come as far as the card.
    const isThere = latest !== undefined && (version > latest.version || name === latest.name);
    return isThere ? missing : [`settings of ${latest?.name}: ${version} is ${name}`, ...missing];
  }

  /** @param keeps Whether the card keeps a block, when it is to flush it or its power is cut. */
  async function begin(keeps: (after: 'flush' | 'powerCut') => boolean): Promise<void> {
    await board.loseUnflushed((path, socket) => FlushedCard.open(path, socket, keeps));
    await board.switchOn();
    admin = await BoardAdmin.of(board);
    await admin.expectOk('PUT', `/extensions/${number}`, { name: 'New', password: 'generate' }, '*');
    await board.untilConsole('the slot to be kept', /marked slot system\.0 as good/);
  }

  beforeEach(async () => {
    board = await EmulatedBoard.withNewCard();
  });
  afterEach(async () => {
    admin?.close();
    await board?.remove();
  });

  it(`loses nothing that was confirmed, ${cuts} times`, { timeout: (cuts + 1) * perCutMs }, async () => {
    await begin((after) => after === 'flush' || Math.random() < 0.5);
    for (let round = 1; round <= cuts; round += 1) {
      const confirmed = await writeUntilCut(round);
      await board.switchOn();
      await admin.signIn();
      expect(await lost(confirmed), `cut ${round}, after ${confirmed.length} changes`).toEqual([]);
      expect(await admin.expectOk('POST', '/audit/verify')).toMatchObject({ ok: true });
      console.log(`Cut ${round} of ${cuts}: ${confirmed.length} confirmed changes are all there.`);
    }
  });

  it('is seen to lose it on a card that only says that it has stored what it was to flush', async () => {
    let isHonest = true;
    await begin(() => isHonest);
    isHonest = false;
    const confirmed = await writeUntilCut(1);
    await board.switchOn();
    await admin.signIn();
    expect(await lost(confirmed)).toHaveLength(confirmed.length + 1);
  });
});
