import { type Refusal, refuse } from '../../../base/result.ts';
import { decodeUtf8 } from '../../utf8.ts';
import { token, XmlScanner } from '../../xml-scanner.ts';
import type { ObjectLog } from './flatten.ts';

type Attributes = Map<string, string>;

/** Reads OCEL 2.0 in XML from pushed chunks of bytes into `log`. */
export class ObjectXmlReader {
  readonly log: ObjectLog = { objects: new Map(), events: [] };
  readonly #scanner = new XmlScanner([], true);
  #refusal: Refusal | null = null;
  #attributes: Attributes = new Map();
  #objects: string[] = [];
  #subject: { kind: 'object' | 'event'; type: string; idOrTime: string } | null = null;
  #attribute: string | null = null;

  push(chunk: Uint8Array): Refusal | null {
    if (this.#refusal) return this.#refusal;
    this.#scanner.push(chunk);
    for (;;) {
      const found = this.#scanner.next();
      if (found === token.more) return null;
      this.#refusal = found === token.refused ? this.#scanner.refusal : this.#onTag(found);
      if (this.#refusal) return this.#refusal;
    }
  }

  end(): Refusal | null {
    return this.#refusal ?? this.#scanner.end();
  }

  #onTag(found: number): Refusal | null {
    const scanner = this.#scanner;
    const name = scanner.elements.text(scanner.element);
    if (found === token.close) {
      if (name === 'attribute') this.#endAttribute();
      else if (name === 'object' || name === 'event') this.#endSubject();
      return null;
    }
    if ((name === 'object' || name === 'event') && this.#isSubject(name)) {
      return this.#begin(name, found === token.empty);
    }
    if (this.#subject === null) return null;
    if (name === 'relationship' || name === 'relobj') {
      const id = this.#read('object-id');
      if (id !== null) this.#objects.push(id);
    }
    if (name === 'attribute') this.#attribute = found === token.open ? this.#read('name') : null;
    return null;
  }

  /** Relationships of an event may be named object too; a subject stands in its list. */
  #isSubject(name: 'object' | 'event'): boolean {
    const { parent, elements } = this.#scanner;
    return parent >= 0 && elements.text(parent) === `${name}s` && this.#subject === null;
  }

  #begin(kind: 'object' | 'event', empty: boolean): Refusal | null {
    const type = this.#read('type');
    const idOrTime = this.#read(kind === 'object' ? 'id' : 'time');
    if (type === null || idOrTime === null) {
      const { line, byte } = this.#scanner.where();
      return refuse('log_ocel_damaged', { place: `${kind}, line ${line}, byte ${byte}` });
    }
    this.#subject = { kind, type, idOrTime };
    this.#attributes = new Map();
    this.#objects = [];
    if (empty) this.#endSubject();
    return null;
  }

  #endAttribute(): void {
    const scanner = this.#scanner;
    if (this.#attribute === null || this.#attributes.has(this.#attribute)) return;
    scanner.selectText();
    const text = decodeUtf8(scanner.bytes, scanner.from, scanner.to);
    this.#attributes.set(this.#attribute, text);
    this.#attribute = null;
  }

  #endSubject(): void {
    const subject = this.#subject;
    if (subject === null) return;
    this.#subject = null;
    const { kind, type, idOrTime } = subject;
    if (kind === 'object') this.log.objects.set(idOrTime, { type, attributes: this.#attributes });
    else {
      const [attributes, objects] = [this.#attributes, this.#objects];
      this.log.events.push({ type, time: idOrTime, attributes, objects });
    }
  }

  #read(name: string): string | null {
    const scanner = this.#scanner;
    for (let i = 0; i < scanner.attributes; i++) {
      const found = decodeUtf8(scanner.window, scanner.nameStart[i]!, scanner.nameEnd[i]!);
      if (found !== name) continue;
      scanner.select(i);
      return decodeUtf8(scanner.bytes, scanner.from, scanner.to);
    }
    return null;
  }
}
