/**
 * Whether a Snappy block can be unpacked to `length` bytes: walks its elements without copying, so
 * that a hurt length neither leaves the block nor turns back in it. Source: Snappy's format
 * description, sections 1 and 2.
 */
export function snappyIsWhole(input: Uint8Array, length: number): boolean {
  let at = 0;
  while (at < input.length && input[at]! >= 128) at++;
  at++;
  let out = 0;
  while (at < input.length) {
    const tag = input[at]!;
    const kind = tag & 3;
    if (kind === 0) {
      const more = Math.max(0, (tag >>> 2) - 59);
      let size = tag >>> 2;
      if (more > 0) {
        size = 0;
        for (let k = more; k > 0; k--) size = size * 256 + (input[at + k] ?? 0);
      }
      at += 1 + more + size + 1;
      out += size + 1;
    } else {
      out += kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
      at += kind === 1 ? 2 : kind === 2 ? 3 : 5;
    }
    if (at > input.length || out > length) return false;
  }
  return out === length;
}
