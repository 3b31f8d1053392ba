/** What the vendor did wrong and can put right; said without a stack trace. */
export class VendorError extends Error {}
