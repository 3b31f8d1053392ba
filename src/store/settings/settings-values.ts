import { isIP, isIPv4 } from 'node:net';
import { z } from 'zod';
import { largestPem } from '../../crypto/certificate-check.js';
import type { English } from '../../locales/codes.js';
import { object } from '../files/file-faults.js';

// What single values of the settings may be; the messages are codes of faults.

type FaultName = keyof English['settings']['fault'];

export const because = (name: FaultName) => `settings.fault.${name}`;
export const list = <T extends z.ZodType>(item: T) => z.array(item, { error: 'fault.json.list' });
export const flag = () => z.boolean({ error: 'fault.json.flag' });
export const matching = (pattern: RegExp, fault: FaultName) =>
  z.string({ error: because(fault) }).regex(pattern, { error: because(fault) });
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T, fault: FaultName) =>
  z.enum(values, { error: because(fault) });
export const whole = (from: number, to: number, fault: FaultName) =>
  z
    .int({ error: because(fault) })
    .min(from, { error: because(fault) })
    .max(to, { error: because(fault) });

export const extensionNumber = () => matching(/^\d{2,8}$/, 'extensionNumber');
export const dialable = () => matching(/^[\d*#]{2,8}$/, 'dialable');
export const id = () => matching(/^[a-z][a-z0-9-]{0,31}$/, 'id');
export const name = () => matching(/^(?!\s)[^\p{Cc}"\\<>]{1,64}(?<!\s)$/u, 'name');
export const host = () => matching(/^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.:-]*[A-Za-z0-9])?$/, 'host');
export const ipAddress = () =>
  z.string({ error: because('ipAddress') }).refine((text) => isIP(text) !== 0, { error: because('ipAddress') });
export const ipv4Address = () =>
  z.string({ error: because('ipv4Address') }).refine(isIPv4, { error: because('ipv4Address') });
export const analogPort = () => matching(/^[a-z][a-z0-9-]{0,15}$/, 'analogPort');
export const port = () => whole(1, 65535, 'port');
export const language = () => oneOf(['de', 'en'], 'language');
export const transport = () => oneOf(['udp', 'tcp', 'tls'], 'transport');
export const pem = () => z.string({ error: because('pem') }).max(largestPem, { error: because('pem') });
/** What lifting a handset does. */
export const onLift = () =>
  z
    .discriminatedUnion(
      'kind',
      [object({ kind: z.literal('dialTone') }), object({ kind: z.literal('call'), number: dialable() })],
      { error: because('onLift') },
    )
    .default({ kind: 'dialTone' });
