import { type Refusal, refuse } from '../base/result.ts';
import { ByteDictionary } from './dictionary.ts';
import { firstNotUtf8, looksLike, writeCodePoint } from './utf8.ts';
import { readAside } from './xml-asides.ts';
import { entityAt } from './xml-entities.ts';
import { TagShapes } from './xml-shapes.ts';

/** One tag, one comment or one run of text may be this long; so no line can fill the memory. */
export const tokenBytesMax = 1_048_576;
/** Elements inside elements. */
export const depthMax = 64;
/** Attributes in one tag, and different names of elements in one file. */
export const attributesMax = 64;
export const elementNamesMax = 256;

/** What `next` found. `more`: the window ends inside a token; push more bytes, or it is cut off. */
export const token = { more: 0, open: 1, empty: 2, close: 3, refused: 4, skip: 5 } as const;

const [lt, gt, amp, slash, bang, ask, equals, quote, apostrophe] = [
  60, 62, 38, 47, 33, 63, 61, 34, 39,
];

// What a byte is: 1 white space, 2 may begin a name, 4 may stand in a name, 8 plain in a value,
// 16 forbidden everywhere (a control character of XML 1.0).
const kinds = new Uint8Array(256);
for (let b = 0; b < 256; b++) {
  const letter = (b >= 65 && b <= 90) || (b >= 97 && b <= 122) || b === 95 || b === 58 || b >= 128;
  const white = b === 32 || b === 9 || b === 10 || b === 13;
  const nameOnly = (b >= 48 && b <= 57) || b === 45 || b === 46;
  const special = b === lt || b === amp || b >= 128 || white;
  kinds[b] =
    (white ? 1 : 0) |
    (letter ? 6 : 0) |
    (nameOnly ? 4 : 0) |
    ((b >= 32 && !special) || b === 32 ? 8 : 0) |
    (b < 32 && !white ? 16 : 0);
}

/**
 * Reads XML byte by byte from pushed chunks: well-formed XML 1.0 in UTF-8 without a document type,
 * so without entities of its own. It knows no lines: a file of one line of any length is read in
 * the same small window. Positions (nameStart, valueStart …) are valid until the next push.
 */
export class XmlScanner {
  window: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 17);
  refusal: Refusal | null = null;
  /** The element of the last tag, and of the one it stands in (-1 outside the root). */
  element = -1;
  parent = -1;
  depth = 0;
  readonly elements: ByteDictionary;
  /** The attributes of the last tag. Values may hold entities: see `select`. */
  attributes = 0;
  readonly nameStart = new Int32Array(attributesMax);
  readonly nameEnd = new Int32Array(attributesMax);
  readonly valueStart = new Int32Array(attributesMax);
  readonly valueEnd = new Int32Array(attributesMax);
  /** The role of the last tag when it has a shape given to `remember`, else -1. */
  role = -1;
  /** Then also the hash of its last value, as a dictionary counts it. */
  valueHash = 0;
  /** The value chosen by `select`. */
  bytes: Uint8Array = this.window;
  from = 0;
  to = 0;
  readonly #marked = new Uint8Array(attributesMax);
  readonly #stack = new Int32Array(depthMax + 1);
  readonly #trustDeclaration: boolean;
  #scratch = new Uint8Array(256);
  #from = 0;
  #to = 0;
  #cursor = 0;
  #lines = 0;
  /** Line of the next token, from 1; byte of window[0] in the file. */
  #line = 1;
  #base = 0;
  /** Where the token that was read last, or is being read, begins. */
  #tokenLine = 1;
  #tokenByte = 0;
  #rootSeen = false;
  #textStart = 0;
  #textEnd = 0;
  #begun = false;
  #found: number = token.skip;
  #tagStart = 0;
  readonly #shapes = new TagShapes();
  #view = new DataView(this.window.buffer);

  /** `trustDeclaration` false: the shell has changed the encoding, so encoding="…" says nothing. */
  constructor(elements: readonly string[], trustDeclaration: boolean) {
    this.elements = new ByteDictionary(elements);
    this.#trustDeclaration = trustDeclaration;
  }

  push(chunk: Uint8Array): void {
    const rest = this.#to - this.#from;
    this.#base += this.#from;
    if (rest + chunk.length > this.window.length) {
      const window = new Uint8Array(Math.max(this.window.length * 2, rest + chunk.length));
      window.set(this.window.subarray(this.#from, this.#to));
      this.window = window;
      this.#view = new DataView(window.buffer);
    } else if (this.#from > 0) this.window.copyWithin(0, this.#from, this.#to);
    this.window.set(chunk, rest);
    this.#from = 0;
    this.#to = rest + chunk.length;
  }

  /** The next tag, `more` when the window is used up, or `refused`. */
  next(): number {
    const shape = this.depth === 0 ? -1 : this.#shapes.match(this.#view, this.#from, this.#to);
    if (shape >= 0 && this.#shaped(shape)) return this.#shapes.token[shape]!;
    this.role = -1;
    for (;;) {
      if (this.#from >= this.#to) return token.more;
      this.#cursor = this.#from;
      this.#lines = 0;
      if (this.window[this.#from] !== lt) this.#textStart = this.#textEnd = this.#from;
      this.#tokenLine = this.#line;
      this.#tokenByte = this.#base + this.#from;
      const found = this.window[this.#from] === lt ? this.#markup() : this.#text();
      if (found === token.refused) return found;
      if (found === token.more) {
        const tooLong = this.#to - this.#from > tokenBytesMax;
        return tooLong ? this.#refuse('log_xml_too_long') : found;
      }
      this.#tagStart = this.#from;
      this.#from = this.#cursor;
      this.#line += this.#lines;
      if (found !== token.skip) {
        this.#found = found;
        return found;
      }
    }
  }

  /**
   * Says that tags like the one just read will come again, and what they are to the reader. Of the
   * next ones of its shape `role` says so, the last value stands selected in bytes[from..to) with
   * its hash in `valueHash`, and no other attribute can be asked for. A tag with something to
   * resolve before its last value is not remembered.
   */
  remember(role: number): void {
    const last = this.attributes - 1;
    let end = this.#from;
    if (this.#found === token.empty) {
      end = this.valueStart[last] ?? 0;
      if (end === 0 || this.window[end - 1] !== quote) return;
      for (let i = 0; i < last; i++) if (this.#marked[i] !== 0) return;
    } else if (this.#found === token.open && last >= 0) return;
    const tag = this.#tagStart;
    if (this.window.subarray(tag, end).includes(10)) return;
    let start = tag;
    while (start > this.#textStart && kinds[this.window[start - 1]!]! & 1) start--;
    if (start !== this.#textStart || this.#textEnd !== tag) start = tag;
    const bytes = this.window.subarray(start, end);
    this.#shapes.add(bytes, tag - start, this.#found, this.element, role);
  }

  /** Takes a tag of a known shape; false when it goes on in another way and must be read. */
  #shaped(shape: number): boolean {
    const shapes = this.#shapes;
    const found = shapes.token[shape]!;
    const element = shapes.element[shape]!;
    const innermost = this.#stack[this.depth - 1]!;
    const start = this.#from + shapes.white[shape]!;
    let end = this.#from + shapes.length[shape]!;
    if (found === token.empty) {
      end = this.#shapedValue(end);
      if (end < 0) return false;
      this.parent = innermost;
    } else if (found === token.open) {
      if (this.depth === depthMax) return false;
      this.parent = innermost;
      this.#stack[this.depth++] = element;
    } else {
      if (innermost !== element) return false;
      this.depth--;
      this.parent = this.depth === 0 ? -1 : this.#stack[this.depth - 1]!;
    }
    this.#textStart = this.#from;
    this.#textEnd = start;
    this.#line += shapes.lines[shape]!;
    this.#tokenLine = this.#line;
    this.#tokenByte = this.#base + start;
    this.attributes = 0;
    this.element = element;
    this.role = shapes.role[shape]!;
    this.#from = end;
    return true;
  }

  /** Selects the one value that a shape leaves open; where its tag ends, or -1. */
  #shapedValue(start: number): number {
    const { window } = this;
    const to = this.#to - 2;
    let [i, hash] = [start, 0x811c9dc5 | 0];
    for (; i < to; i++) {
      const byte = window[i]!;
      if (byte === quote) break;
      if ((kinds[byte]! & 8) === 0) return -1;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    if (i >= to || window[i + 1] !== slash || window[i + 2] !== gt) return -1;
    this.bytes = window;
    this.from = start;
    this.to = i;
    this.valueHash = hash;
    return i + 3;
  }

  /** Called when no more bytes come: null if the document is whole. */
  end(): Refusal | null {
    if (this.refusal) return this.refusal;
    this.#tokenLine = this.#line;
    this.#tokenByte = this.#base + this.#from;
    for (let i = this.#from; i < this.#to; i++) {
      if ((kinds[this.window[i]!]! & 1) === 0) return refuse('log_xml_truncated', this.where());
    }
    return this.depth === 0 && this.#rootSeen ? null : refuse('log_xml_truncated', this.where());
  }

  /** Line and byte (both from 1) at which the token begins that was read last, for a refusal. */
  where(): { line: string; byte: string } {
    return { line: String(this.#tokenLine), byte: String(this.#tokenByte + 1) };
  }

  /**
   * Says where the bytes of an attribute's value stand, with entities and line ends resolved:
   * bytes[from..to). Most values hold none and are not copied.
   */
  select(index: number): void {
    const start = this.valueStart[index]!;
    const end = this.valueEnd[index]!;
    this.bytes = this.window;
    this.from = start;
    this.to = end;
    if (this.#marked[index] !== 0) this.#resolve(start, end);
  }

  /** Says where the run of text before the tag just read stands, as `select` does for a value. */
  selectText(): void {
    this.#resolve(this.#textStart, this.#textEnd);
  }

  #resolve(start: number, end: number): void {
    if (this.#scratch.length < end - start) this.#scratch = new Uint8Array(end - start);
    let to = 0;
    for (let i = start; i < end; ) {
      const byte = this.window[i]!;
      if (byte === amp) {
        const entity = entityAt(this.window, i, end);
        to = writeCodePoint(this.#scratch, to, entity.code);
        i = entity.end;
      } else {
        const pair = byte === 13 && this.window[i + 1] === 10;
        this.#scratch[to++] = kinds[byte]! & 1 ? 32 : byte;
        i += pair ? 2 : 1;
      }
    }
    this.bytes = this.#scratch;
    this.from = 0;
    this.to = to;
  }

  #refuse(code: string, facts: Readonly<Record<string, string>> = {}): number {
    const limit = code === 'log_xml_too_long' ? { limit: String(tokenBytesMax) } : {};
    this.refusal = refuse(code, { ...this.where(), ...limit, ...facts });
    return token.refused;
  }

  #malformed(): number {
    return this.#refuse('log_xml_malformed');
  }

  /** Text between tags means nothing in XES, but it must be XML. */
  #text(): number {
    const window = this.window;
    const to = this.#to;
    let i = this.#cursor;
    let plain = true;
    while (i < to && window[i] !== lt) {
      const byte = window[i]!;
      if ((kinds[byte]! & 1) === 0) {
        if (!plain && byte === gt && window[i - 1] === 93 && window[i - 2] === 93) {
          return this.#malformed();
        }
        plain = false;
      } else if (byte === 10) this.#lines++;
      i++;
    }
    if (i === to) return token.more;
    if (!plain) {
      if (this.depth === 0) return this.#malformed();
      const failed = this.#checkText(this.#cursor, i);
      if (failed !== token.skip) return failed;
    }
    this.#begun = true;
    this.#textStart = this.#cursor;
    this.#textEnd = i;
    this.#cursor = i;
    return token.skip;
  }

  /** Text or value: no control characters, UTF-8, only entities that every XML knows. */
  #checkText(start: number, end: number): number {
    let beyondAscii = false;
    for (let i = start; i < end; i++) {
      const byte = this.window[i]!;
      if (byte === amp) {
        const entity = entityAt(this.window, i, end);
        if (entity.code < 0)
          return this.#refuse(entity.end < 0 ? 'log_xml_malformed' : 'log_xml_entity');
      } else if (byte >= 128) beyondAscii = true;
      else if (kinds[byte]! & 16) return this.#malformed();
    }
    if (!beyondAscii) return token.skip;
    const bad = firstNotUtf8(this.window, start, end);
    if (bad < 0) return token.skip;
    const looks = looksLike(this.window, bad, this.#to);
    return this.#refuse('log_not_utf8', { byte: String(this.#base + bad + 1), looks });
  }

  #markup(): number {
    if (this.#cursor + 1 >= this.#to) return token.more;
    const second = this.window[this.#cursor + 1]!;
    if (kinds[second]! & 2) return this.#openTag();
    if (second === slash) return this.#closeTag();
    if (second === ask || second === bang) return this.#aside();
    return this.#malformed();
  }

  /** Moves the cursor over a name; false when there is none or the window ends in it. */
  #skipName(): boolean {
    const { window } = this;
    const start = this.#cursor;
    const to = this.#to;
    let [i, bits] = [start, 0];
    for (; i < to; i++) {
      const byte = window[i]!;
      if ((kinds[byte]! & 4) === 0) break;
      bits |= byte;
    }
    this.#cursor = i;
    if (i >= to) return false;
    if (bits >= 128 && firstNotUtf8(window, start, i) >= 0) return false;
    return i > start && (kinds[window[start]!]! & 2) !== 0;
  }

  #skipWhite(): boolean {
    const start = this.#cursor;
    while (this.#cursor < this.#to && kinds[this.window[this.#cursor]!]! & 1) {
      if (this.window[this.#cursor] === 10) this.#lines++;
      this.#cursor++;
    }
    return this.#cursor > start;
  }

  /** `more` if the window ended, else malformed: what to say when a piece of a tag is missing. */
  #missing(): number {
    return this.#cursor >= this.#to ? token.more : this.#malformed();
  }

  #openTag(): number {
    const start = ++this.#cursor;
    if (!this.#skipName()) return this.#missing();
    const end = this.#cursor;
    this.attributes = 0;
    for (;;) {
      const white = this.#skipWhite();
      if (this.#cursor >= this.#to) return token.more;
      const byte = this.window[this.#cursor];
      if (byte === gt) {
        this.#cursor++;
        return this.#enter(start, end, true);
      }
      if (byte === slash) {
        if (this.#cursor + 1 >= this.#to) return token.more;
        if (this.window[this.#cursor + 1] !== gt) return this.#malformed();
        this.#cursor += 2;
        return this.#enter(start, end, false);
      }
      if (!white) return this.#malformed();
      const failed = this.#attribute();
      if (failed !== token.skip) return failed;
    }
  }

  #attribute(): number {
    const index = this.attributes;
    if (index === attributesMax) {
      return this.#refuse('log_xml_too_many_attributes', { limit: String(attributesMax) });
    }
    this.nameStart[index] = this.#cursor;
    if (!this.#skipName()) return this.#missing();
    this.nameEnd[index] = this.#cursor;
    this.#skipWhite();
    if (this.window[this.#cursor] !== equals || this.#cursor >= this.#to) return this.#missing();
    this.#cursor++;
    this.#skipWhite();
    if (this.#cursor >= this.#to) return token.more;
    const opening = this.window[this.#cursor]!;
    if (opening !== quote && opening !== apostrophe) return this.#malformed();
    const failed = this.#quoted(index, opening);
    if (failed !== token.skip) return failed;
    for (let k = 0; k < index; k++) if (this.#sameName(k, index)) return this.#malformed();
    this.attributes++;
    return token.skip;
  }

  #quoted(index: number, opening: number): number {
    const window = this.window;
    const to = this.#to;
    let i = ++this.#cursor;
    let marked = 0;
    for (; i < to; i++) {
      const byte = window[i]!;
      if (byte === opening) break;
      if (kinds[byte]! & 8) continue;
      if (byte === lt) return this.#malformed();
      if (byte === 10) this.#lines++;
      marked = 1;
    }
    if (i >= to) return token.more;
    this.valueStart[index] = this.#cursor;
    this.valueEnd[index] = i;
    this.#marked[index] = marked;
    if (marked) {
      const failed = this.#checkText(this.#cursor, i);
      if (failed !== token.skip) return failed;
    }
    this.#cursor = i + 1;
    return token.skip;
  }

  #sameName(a: number, b: number): boolean {
    const length = this.nameEnd[a]! - this.nameStart[a]!;
    if (this.nameEnd[b]! - this.nameStart[b]! !== length) return false;
    const from = this.nameStart[a]!;
    const other = this.nameStart[b]!;
    for (let i = 0; i < length; i++) {
      if (this.window[from + i] !== this.window[other + i]) return false;
    }
    return true;
  }

  #enter(start: number, end: number, stays: boolean): number {
    if (this.depth === 0) {
      if (this.#rootSeen) return this.#malformed();
      this.#rootSeen = true;
    }
    this.#begun = true;
    this.parent = this.depth === 0 ? -1 : this.#stack[this.depth - 1]!;
    this.element = this.elements.code(this.window, start, end);
    if (this.element >= elementNamesMax) {
      return this.#refuse('log_xml_too_many_attributes', { limit: String(elementNamesMax) });
    }
    if (!stays) return token.empty;
    if (this.depth === depthMax) {
      return this.#refuse('log_xml_too_deep', { limit: String(depthMax) });
    }
    this.#stack[this.depth++] = this.element;
    return token.open;
  }

  #closeTag(): number {
    this.#cursor += 2;
    const start = this.#cursor;
    if (!this.#skipName()) return this.#missing();
    const code = this.depth === 0 ? -1 : this.#stack[this.depth - 1]!;
    const isInnermost = code >= 0 && this.elements.is(code, this.window, start, this.#cursor);
    this.#skipWhite();
    if (this.window[this.#cursor] !== gt || this.#cursor >= this.#to) return this.#missing();
    this.#cursor++;
    if (!isInnermost) return this.#malformed();
    this.depth--;
    this.element = code;
    this.parent = this.depth === 0 ? -1 : this.#stack[this.depth - 1]!;
    return token.close;
  }

  /** Comments, CDATA and instructions are stepped over; a document type is refused. */
  #aside(): number {
    const aside = readAside(this.window, this.#cursor, this.#to, {
      depth: this.depth,
      begun: this.#begun,
      trustDeclaration: this.#trustDeclaration,
    });
    if (aside.found === 'more') return token.more;
    if (aside.found === 'refused') {
      const byte = aside.at === null ? {} : { byte: String(this.#base + aside.at + 1) };
      return this.#refuse(aside.code, { ...aside.facts, ...byte });
    }
    this.#begun = true;
    this.#cursor = aside.end;
    this.#lines += aside.lines;
    return token.skip;
  }
}
