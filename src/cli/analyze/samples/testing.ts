import { crc32, deflateRawSync } from 'node:zlib';

type Part = string | { readonly packed: Uint8Array; readonly bytes: number };

/** A ZIP archive of small files; `overlap`: every entry of the directory points at the first. */
export function zipOf(parts: Readonly<Record<string, Part>>, { overlap = false } = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, part] of Object.entries(parts)) {
    const plain = typeof part === 'string' ? Buffer.from(part) : null;
    const packed = typeof part === 'string' ? deflateRawSync(plain!) : Buffer.from(part.packed);
    const bytes = typeof part === 'string' ? plain!.length : part.bytes;
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(plain ? crc32(plain) : 0, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(bytes, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const mark = (value: number) => {
      const four = Buffer.alloc(4);
      four.writeUInt32LE(value);
      return four;
    };
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(overlap ? 0 : at, 10);
    directory.push(
      Buffer.concat([mark(0x02014b50), Buffer.from([20, 0]), common, tail, Buffer.from(name)]),
    );
    const body = Buffer.concat([mark(0x04034b50), common, Buffer.from(name), packed]);
    bodies.push(body);
    at += body.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 8);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, list, end]);
}

/**
 * A small workbook with what makes workbooks hard: shared texts, styles, gaps, an inline text.
 * `change`: what becomes of its parts before they are packed.
 */
export function sampleXlsx(change: (part: Buffer) => Uint8Array = (part) => part): Buffer {
  const changed = (text: string): Part => {
    const bytes = change(Buffer.from(text));
    return { packed: deflateRawSync(bytes), bytes: bytes.length };
  };
  const cell = (at: string, inner: string, more = '') => `<c r="${at}"${more}>${inner}</c>`;
  const shared = (at: string, number: number) => cell(at, `<v>${number}</v>`, ' t="s"');
  const rows = [
    [shared('A1', 0), shared('B1', 1), shared('C1', 2), shared('E1', 3)],
    [
      cell('A2', '<is><t>c1</t></is>', ' t="inlineStr"'),
      shared('B2', 4),
      date('C2', 46027.354166667),
      cell('E2', '<v>12.5</v>'),
    ],
    [],
    [
      cell('A4', '<v>c1</v>', ' t="str"'),
      cell('B4', '<v>Decide</v>', ' t="str"'),
      date('C4', 46028),
      cell('E4', '<f>3+4</f><v>7</v>'),
    ],
    [cell('A5', '<v>c2</v>', ' t="str"'), shared('B5', 4), date('C5', 46027.354861111)],
  ];
  function date(at: string, days: number): string {
    return cell(at, `<v>${days}</v>`, ' s="1"');
  }
  const xml = rows.map((row, i) => `<row r="${i + 1}">${row.join('')}</row>`).join('\n');
  const texts = ['case_id', 'activity', 'timestamp', 'amount', '受理 &amp; check'];
  return zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml':
      '<workbook xmlns:r="urn:r"><sheets><sheet name="Log" sheetId="1" r:id="rId1"/><sheet name="Other" sheetId="2" r:id="rId2"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="/xl/worksheets/sheet2.xml"/></Relationships>',
    'xl/styles.xml': changed(
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts><cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    ),
    'xl/sharedStrings.xml': `<sst>${texts
      .map((text, i) =>
        i === 4
          ? `<si><r><t>受理 </t></r><r><t>&amp; check</t></r></si>`
          : `<si><t>${text}</t></si>`,
      )
      .join('')}</sst>`,
    'xl/worksheets/sheet1.xml': changed(`<worksheet><sheetData>${xml}</sheetData></worksheet>`),
    'xl/worksheets/sheet2.xml':
      '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>',
  });
}

/** Events: id, type, time, objects, attributes. */
export const ocelEvents = [
  ['e1', 'create', '2026-01-01T08:00:00Z', ['o1', 'i1'], { channel: 'web' }],
  ['e2', 'create', '2026-01-01T09:00:00Z', ['o2'], {}],
  ['e3', 'pick', '2026-01-01T10:00:00Z', ['i1', 'i2'], {}],
  ['e4', 'pay', '2026-01-02T08:00:00Z', ['o1', 'o2'], {}],
] as const;
/** Objects: id, type, attributes. */
export const ocelObjects = [
  ['o1', 'order', { amount: 100 }],
  ['o2', 'order', { amount: 70 }],
  ['i1', 'item', {}],
  ['i2', 'item', {}],
] as const;

/** A small object-centric log, OCEL 2.0 in JSON. */
export function ocelJson(): string {
  const attributes = (all: object) =>
    Object.entries(all).map(([name, value]) => ({ name, value, time: '1970-01-01T00:00:00Z' }));
  return JSON.stringify({
    objectTypes: [{ name: 'order', attributes: [] }],
    eventTypes: [{ name: 'create', attributes: [] }],
    objects: ocelObjects.map(([id, type, all]) => ({ id, type, attributes: attributes(all) })),
    events: ocelEvents.map(([id, type, time, of, all]) => ({
      id,
      type,
      time,
      attributes: attributes(all),
      relationships: of.map((objectId) => ({ objectId, qualifier: '' })),
    })),
  });
}

/** The same in XML. */
export function ocelXml(): string {
  const attributes = (all: object) =>
    `<attributes>${Object.entries(all)
      .map(
        ([name, value]) =>
          `<attribute name="${name}" time="1970-01-01T00:00:00Z">${value}</attribute>`,
      )
      .join('')}</attributes>`;
  const told = ocelObjects.map(
    ([id, type, all]) => `<object id="${id}" type="${type}">${attributes(all)}<objects/></object>`,
  );
  const happened = ocelEvents.map(
    ([id, type, time, of, all]) =>
      `<event id="${id}" type="${type}" time="${time}">${attributes(all)}<objects>${of
        .map((object) => `<relationship object-id="${object}" qualifier=""/>`)
        .join('')}</objects></event>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<log><object-types><object-type name="order"/></object-types><event-types/><objects>${told.join('\n')}</objects><events>${happened.join('\n')}</events></log>`;
}
