/**
 * The vendor's public keys (Ed25519, hexadecimal): a licence key or block list counts when it is signed with one of them. Two, while one
 * is being replaced by the other. Replaced only when the product is built: see scripts/vendor/README.md.
 */
export const vendorKeys: readonly string[] = ['7f98920ec7d518eda2a76106a01abd921ef82082f51b7fa468e2d9380e7c736a'];
