/** Where SIP is listened on, unless something else was agreed (RFC 3261, 19.1.2). */
export const usualSipPorts = { udp: 5060, tcp: 5060, tls: 5061 } as const;
