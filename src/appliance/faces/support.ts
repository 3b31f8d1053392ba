import { release } from 'node:os';
import type { SupportBox } from '../../admin/support-operations.js';
import type { Board } from '../../board/board-schema.js';
import { type BoxState, boxState } from '../../gateway/box-state.js';
import type { BoxClock } from '../../gateway/clock.js';
import type { Gateway } from '../../gateway/gateway.js';
import type { World } from '../../gateway/world.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import { type SupportState, supportBundle } from '../../store/support/support-bundle.js';
import { version } from '../version.js';

interface SupportPlace {
  readonly folder: string;
  /** Null while it is unknown. */
  hardwareId(): string | null;
  readonly boardName: string;
  readonly board: Board;
  readonly clock: BoxClock;
  readonly gateway: Gateway;
  /** The settings in use. */
  settings(): Settings;
  /** Codes of what is wrong with the box. */
  troubles(): readonly string[];
}

/** What a remote helper gets to see of the running box. */
export const supportOf = (place: SupportPlace): SupportBox['support'] => {
  const { folder, hardwareId, boardName, board, clock, gateway, settings, troubles } = place;
  return (numbers) =>
    supportBundle(
      folder,
      settings(),
      {
        modcall: version,
        hardwareId: hardwareId(),
        board: boardName,
        node: process.version,
        kernel: release(),
        uptimeSeconds: Math.round(process.uptime()),
        memoryBytes: process.memoryUsage.rss(),
        created: new Date(clock.wall.time).toISOString(),
        troubles: troubles(),
      },
      stateOf(gateway.world, boxState(gateway.world, gateway.now), board),
      numbers,
    );
};

function stateOf({ switchboard }: World, state: BoxState, board: Board): SupportState {
  const { contacts, unresponsiveContacts, directory, trunksDown } = switchboard;
  return {
    state: { ...state },
    registrations: [...contacts].map(([extension, phones]) => ({
      extension,
      phones: phones.length,
      unresponsive: phones.filter((contact) => unresponsiveContacts.has(contact)).length,
    })),
    trunks: directory.trunks.map(({ id }) => ({ id, isUp: !trunksDown.has(id) })),
    board,
  };
}
