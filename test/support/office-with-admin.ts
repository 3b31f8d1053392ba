import type { ApplianceOptions } from './appliance.js';
import { BoxAdmin } from './box-admin.js';
import { RunningOffice } from './running-office.js';

/** A running office that is served at a port of its own, and its first admin, signed in there. `change` is one of the office's settings. */
export async function officeWithAdmin(
  port: number,
  change: object = {},
  numbers?: readonly string[],
  options?: ApplianceOptions,
): Promise<{ readonly office: RunningOffice; readonly admin: BoxAdmin }> {
  const office = await RunningOffice.open({ web: { address: '127.0.0.1', port }, ...change }, numbers, options);
  try {
    return { office, admin: await BoxAdmin.of(office.appliance, port) };
  } catch (error) {
    await office.close();
    throw error;
  }
}
