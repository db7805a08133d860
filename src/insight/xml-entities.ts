/** The code point of the entity at `at` and its end; code -1 when it is not one of XML's own. */
export function entityAt(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly code: number; readonly end: number } {
  let stop = at + 1;
  while (stop < end && stop < at + 12 && bytes[stop] !== 59) stop++;
  if (stop >= end || bytes[stop] !== 59) return { code: -1, end: -1 };
  let name = '';
  for (let i = at + 1; i < stop; i++) name += String.fromCharCode(bytes[i]!);
  const known = { lt: 60, gt: 62, amp: 38, quot: 34, apos: 39 }[name];
  if (known !== undefined) return { code: known, end: stop + 1 };
  const number = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(name);
  if (!number) return { code: -1, end: /^[A-Za-z_]/.test(name) ? stop : -1 };
  const code = number[1] ? Number.parseInt(number[1], 16) : Number.parseInt(number[2]!, 10);
  const allowed =
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 32 && code < 0xd800) ||
    (code >= 0xe000 && code <= 0x10ffff && code !== 0xfffe && code !== 0xffff);
  return { code: allowed ? code : -1, end: allowed ? stop + 1 : -1 };
}
