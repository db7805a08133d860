/** How many shapes are kept; an event of a real log has ten or twenty attributes. */
export const shapesMax = 32;

/**
 * The shapes of tags that come again and again. A machine writes `<string key="org:resource"
 * value="112"/>` a million times and only the last value differs, so the white space before it and
 * everything up to that value is compared as bytes instead of being read as XML. After each shape
 * the one that followed it last time is tried first. A shape is only ever a quicker way to what
 * reading it would give.
 */
export class TagShapes {
  size = 0;
  /** What the tag is (a token), its element, and what the reader said it means to him. */
  readonly token = new Uint8Array(shapesMax);
  readonly element = new Int32Array(shapesMax);
  readonly role = new Int16Array(shapesMax);
  /** How many bytes a shape fixes, how many of them stand before the tag, and the lines there. */
  readonly length = new Int32Array(shapesMax);
  readonly white = new Int32Array(shapesMax);
  readonly lines = new Int32Array(shapesMax);
  readonly #words: Int32Array[] = [];
  readonly #rest: Uint8Array[] = [];
  readonly #follower = new Int16Array(shapesMax + 1);
  #last = shapesMax;

  /** Keeps a shape: `white` bytes of white space, then a tag. Nothing is done without room. */
  add(bytes: Uint8Array, white: number, token: number, element: number, role: number): void {
    if (this.size === shapesMax) return;
    const shape = this.size++;
    const copy = bytes.slice();
    const view = new DataView(copy.buffer);
    const words = Math.floor(copy.length / 4);
    this.#words.push(Int32Array.from({ length: words }, (_, k) => view.getInt32(k * 4, true)));
    this.#rest.push(copy.subarray(words * 4));
    this.token[shape] = token;
    this.element[shape] = element;
    this.role[shape] = role;
    this.length[shape] = copy.length;
    this.white[shape] = white;
    this.lines[shape] = copy.subarray(0, white).filter((byte) => byte === 10).length;
    this.#follow(shape);
  }

  /** The shape with which the bytes at `at` begin, or -1. */
  match(window: DataView, at: number, to: number): number {
    if (this.size === 0) return -1;
    const guess = this.#follower[this.#last]!;
    if (this.#begins(guess, window, at, to)) {
      this.#last = guess;
      return guess;
    }
    for (let shape = 0; shape < this.size; shape++) {
      if (!this.#begins(shape, window, at, to)) continue;
      this.#follow(shape);
      return shape;
    }
    return -1;
  }

  #follow(shape: number): void {
    this.#follower[this.#last] = shape;
    this.#last = shape;
  }

  #begins(shape: number, window: DataView, at: number, to: number): boolean {
    if (at + this.length[shape]! > to) return false;
    const words = this.#words[shape]!;
    let here = at;
    for (let k = 0; k < words.length; k++) {
      if (window.getInt32(here, true) !== words[k]) return false;
      here += 4;
    }
    const rest = this.#rest[shape]!;
    for (let k = 0; k < rest.length; k++) if (window.getUint8(here + k) !== rest[k]) return false;
    return true;
  }
}
