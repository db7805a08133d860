import { assert } from '../assert.ts';
import { decimalsMax, escapeXml, type Sheet, sheetXml } from './sheet.ts';

/** A file of a workbook: its path in the archive, and its text piece by piece. */
export type WorkbookPart = { readonly path: string; readonly text: Iterable<string> };

export const sheetsMax = 255;

/** The files of a workbook (xlsx, ECMA-376 part 1) of these sheets, each with its own name. */
export function workbookParts(sheets: readonly Sheet[]): WorkbookPart[] {
  assert(sheets.length > 0 && sheets.length <= sheetsMax, 'a workbook has sheets');
  const names = new Set(sheets.map(({ name }) => name.toLowerCase()));
  assert(names.size === sheets.length, 'each sheet has a name of its own');
  assert(
    sheets.every(({ name }) => /^[^[\]:*?/\\]{1,31}$/.test(name)),
    'a name of a sheet is 1 to 31 characters that sheets may bear',
  );
  return [
    { path: '[Content_Types].xml', text: [contentTypes(sheets)] },
    { path: '_rels/.rels', text: [relations([['officeDocument', 'xl/workbook.xml']])] },
    { path: 'xl/workbook.xml', text: [workbook(sheets)] },
    { path: 'xl/_rels/workbook.xml.rels', text: [workbookRelations(sheets)] },
    { path: 'xl/styles.xml', text: [styles()] },
    ...sheets.map((sheet, i) => ({
      path: `xl/worksheets/sheet${i + 1}.xml`,
      text: sheetXml(sheet),
    })),
  ];
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const packages = 'http://schemas.openxmlformats.org/package/2006';
const documents = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const sheetml = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

function contentTypes(sheets: readonly Sheet[]): string {
  const kinds = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/styles.xml', 'styles'],
    ...sheets.map((_, i) => [`/xl/worksheets/sheet${i + 1}.xml`, 'worksheet']),
  ];
  const overrides = kinds.map(
    ([path, kind]) => `<Override PartName="${path}" ContentType="${sheetml}.${kind}+xml"/>`,
  );
  const relationType = 'application/vnd.openxmlformats-package.relationships+xml';
  return [
    `${declaration}<Types xmlns="${packages}/content-types">`,
    `<Default Extension="rels" ContentType="${relationType}"/>`,
    '<Default Extension="xml" ContentType="application/xml"/>',
    `${overrides.join('')}</Types>`,
  ].join('');
}

function relations(targets: readonly (readonly [kind: string, path: string])[]): string {
  const rows = targets.map(
    ([kind, path], i) =>
      `<Relationship Id="rId${i + 1}" Type="${documents}/${kind}" Target="${path}"/>`,
  );
  const inside = rows.join('');
  return `${declaration}<Relationships xmlns="${packages}/relationships">${inside}</Relationships>`;
}

function workbookRelations(sheets: readonly Sheet[]): string {
  return relations([
    ...sheets.map((_, i) => ['worksheet', `worksheets/sheet${i + 1}.xml`] as const),
    ['styles', 'styles.xml'],
  ]);
}

function workbook(sheets: readonly Sheet[]): string {
  const rows = sheets.map(
    ({ name }, i) => `<sheet name="${escapeXml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`,
  );
  const inside = `<sheets>${rows.join('')}</sheets>`;
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${documents}">${inside}</workbook>`;
}

/** Number formats of our own begin at 164. */
const [dayFormat, momentFormat, decimalsFormat] = [164, 165, 166];

/** The styles in the order that `style` of `sheet.ts` names. */
function styles(): string {
  const decimals = Array.from({ length: decimalsMax + 1 }, (_, places) => places);
  const formats = [
    [dayFormat, 'yyyy\\-mm\\-dd'],
    [momentFormat, 'yyyy\\-mm\\-dd\\ hh:mm:ss'],
    ...decimals.map((places) => [decimalsFormat + places, decimalsCode(places)] as const),
  ] as const;
  const ofCells = [
    cellStyle(0, ''),
    cellStyle(0, '', ' fontId="1" applyFont="1"'),
    cellStyle(49, '', ' quotePrefix="1"'),
    cellStyle(dayFormat, ''),
    cellStyle(momentFormat, ''),
    cellStyle(49, '<alignment horizontal="right"/>', ' quotePrefix="1" applyAlignment="1"'),
    ...decimals.map((places) => cellStyle(decimalsFormat + places, '')),
  ];
  const font = '<sz val="11"/><name val="Calibri"/>';
  return [
    `${declaration}<styleSheet xmlns="${main}"><numFmts count="${formats.length}">`,
    ...formats.map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`),
    `</numFmts><fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts>`,
    '<fills count="2"><fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill></fills>',
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${ofCells.length}">${ofCells.join('')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    '</styleSheet>',
  ].join('');
}

function decimalsCode(places: number): string {
  return places === 0 ? '#,##0' : `#,##0.${'0'.repeat(places)}`;
}

function cellStyle(format: number, inside: string, more = ' fontId="0"'): string {
  const font = more.includes('fontId') ? more : ` fontId="0"${more}`;
  const head = `<xf numFmtId="${format}"${font} fillId="0" borderId="0" xfId="0"`;
  return `${head} applyNumberFormat="1">${inside}</xf>`;
}
