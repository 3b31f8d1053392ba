import { EventEmitter } from 'node:events';
import type { Endpoint } from 'node-pjsua2';
import { expect, it } from 'vitest';
import { PjsuaChannel } from '../../../src/engine/pjsua/channel.js';
import { legId } from '../../../src/primitives/ids.js';

/** An endpoint whose players never come to an end, unless they are told to. */
function slowEndpoint() {
  const players: EventEmitter[] = [];
  const endpoint = {
    openSoundChannel: () => Object.assign(new EventEmitter(), { close: () => {} }),
    createPlayer: () => {
      const player = Object.assign(new EventEmitter(), { close: () => {} });
      players.push(player);
      return player;
    },
    connect: async () => {},
  };
  return { endpoint: endpoint as unknown as Endpoint, players };
}

it('plays keys one after the other, and refuses those that come faster than anybody waits for', () => {
  const { endpoint, players } = slowEndpoint();
  const channel = new PjsuaChannel(endpoint, legId('line'), { kind: 'socket', path: '/sound' }, 'inBand', () => {});
  for (let key = 0; key < 33; key += 1) channel.press('5');
  expect(() => channel.press('6')).toThrow('keys wait');
  for (const at of [0, 1]) players[at]?.emit('finished');
  expect(players).toHaveLength(3);
  channel.press('7');
  channel.close();
});
