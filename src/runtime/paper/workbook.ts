import { crc32, createDeflateRaw } from 'node:zlib';
import { type WorkbookPart, workbookParts } from '../../base/workbook/parts.ts';
import type { Sheet } from '../../base/workbook/sheet.ts';

/**
 * A workbook (xlsx) of these sheets, as the bytes of its file. The same sheets give the same
 * bytes: it bears no time of its own. Works piece by piece, so that others get their turn.
 */
export async function xlsxFile(sheets: readonly Sheet[]): Promise<Buffer> {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const part of workbookParts(sheets)) {
    const packed = await pack(part);
    const name = Buffer.from(part.path, 'latin1');
    const head = Buffer.concat([localHead(packed, name.length), name]);
    directory.push(directoryHead(packed, name.length, at), name);
    files.push(head, ...packed.pieces);
    at += head.length + packed.packedBytes;
  }
  const list = Buffer.concat(directory);
  return Buffer.concat([...files, list, directoryEnd(directory.length / 2, list.length, at)]);
}

type Packed = {
  readonly pieces: readonly Buffer[];
  readonly crc: number;
  readonly bytes: number;
  readonly packedBytes: number;
};

async function pack({ text }: WorkbookPart): Promise<Packed> {
  const deflate = createDeflateRaw({ level: 6 });
  let [crc, bytes] = [0, 0];
  const feed = async () => {
    for (const piece of text) {
      const plain = Buffer.from(piece, 'utf8');
      crc = crc32(plain, crc);
      bytes += plain.length;
      await new Promise((taken) => deflate.write(plain, taken));
    }
    deflate.end();
  };
  const pieces: Buffer[] = [];
  const drain = async () => {
    for await (const piece of deflate as AsyncIterable<Buffer>) pieces.push(piece);
  };
  await Promise.all([feed(), drain()]);
  const packedBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return { pieces, crc, bytes, packedBytes };
}

/** Marks, versions and the first day that an archive can name (APPNOTE 6.3, 4.3 and 4.4). */
const [fileMark, directoryMark, endMark] = [0x04034b50, 0x02014b50, 0x06054b50];
const versionNeeded = 20;
const deflated = 8;
const firstDay = 0x21;

function localHead(packed: Packed, nameBytes: number): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(fileMark, 0);
  writeFacts(head, 4, packed, nameBytes);
  return head;
}

function directoryHead(packed: Packed, nameBytes: number, at: number): Buffer {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(directoryMark, 0);
  head.writeUInt16LE(versionNeeded, 4);
  writeFacts(head, 6, packed, nameBytes);
  head.writeUInt32LE(at, 42);
  return head;
}

/** What the head of a file and the directory say alike. Sizes beyond 4 GB do not fit and throw. */
function writeFacts(head: Buffer, from: number, packed: Packed, nameBytes: number): void {
  head.writeUInt16LE(versionNeeded, from);
  head.writeUInt16LE(deflated, from + 4);
  head.writeUInt16LE(firstDay, from + 8);
  head.writeUInt32LE(packed.crc, from + 10);
  head.writeUInt32LE(packed.packedBytes, from + 14);
  head.writeUInt32LE(packed.bytes, from + 18);
  head.writeUInt16LE(nameBytes, from + 22);
}

function directoryEnd(files: number, bytes: number, at: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endMark, 0);
  end.writeUInt16LE(files, 8);
  end.writeUInt16LE(files, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(at, 16);
  return end;
}
