/** The vendor's signed block list as of this build; empty before there was one. Written by `scripts/vendor/vendor.sh block`. */
export const shippedBlockList = '';
