import { type Account, type AccountOptions, Endpoint } from '../../../../src/node-pjsua2/src/index.js';
import type { HolderCommand, HolderEvent } from '../account-protocol.js';

// An endpoint with one account: node account-holder.js <AccountOptions as JSON>. It tells its events, and obeys, over IPC.

const options = JSON.parse(process.argv[2] ?? '') as AccountOptions;

const tell = (event: HolderEvent): void => {
  process.send?.(event);
};

const endpoint = await Endpoint.create({ userAgent: 'account holder', logLevel: 6 });
let logLines = 0;
const errors: string[] = [];
endpoint.on('log', ({ level, message }) => {
  logLines += 1;
  if (level === 1) errors.push(message);
  if (message.includes(options.password)) tell({ name: 'passwordLogged', message });
});
const transport = await endpoint.addTransport({ protocol: 'udp', address: '127.0.0.1', port: 0 });
await endpoint.addTransport({ protocol: 'tcp', address: '127.0.0.1', port: 0 });
tell({ name: 'listening', port: transport.port });

const account: Account = endpoint.addAccount(options);
for (const name of ['registered', 'failed', 'unregistered'] as const) {
  account.on(name, (state) => tell({ name, ...state }));
}
account.registered.then(
  () => tell({ name: 'resolved' }),
  (error: Error) => tell({ name: 'rejected', error: error.name }),
);
endpoint.on('incomingCall', (call, { origin }) => {
  tell({ name: 'incomingCall', kind: origin.kind, isOurs: origin.kind === 'account' && origin.account === account });
  call.reject(486);
});

process.on('message', async (command: HolderCommand) => {
  if (command === 'closeAccount') account.close();
  if (command === 'closeEndpoint') {
    await endpoint.close();
    tell({ name: 'closed', logLines, errors });
    process.disconnect();
  }
});
