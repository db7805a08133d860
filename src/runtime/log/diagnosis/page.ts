import { count, duration, safe } from '../../../insight/report/words.ts';
import type { ReportBlock, ReportCell, ReportDocument } from './document.ts';

const look = `
:root{--ink:#1b2126;--ink2:#56626b;--line:#dfe3e6;--accent:#0b6e75;--paper:#fff}
*{box-sizing:border-box}
body{margin:0;font:14px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",system-ui,sans-serif;color:var(--ink);background:var(--paper);font-variant-numeric:tabular-nums}
main{max-width:980px;margin:0 auto;padding:24px}
h1{font-size:24px;margin:0;font-weight:600}
.facts{color:var(--ink2);border-bottom:2px solid var(--accent);padding-bottom:12px;margin:0 0 16px}
nav ul{columns:2;padding:0;list-style:none}
h2{font-size:18px;margin:32px 0 8px}
h3{font-size:14px;margin:18px 0 4px}
p{margin:0 0 6px}
a{color:var(--accent)}
table{border-collapse:collapse;width:100%;font-size:13px;margin:4px 0 10px}
th,td{border-bottom:1px solid var(--line);padding:4px 8px 4px 0;text-align:left;vertical-align:top}
th{color:var(--ink2);font-weight:500}
td.n,th.n{text-align:right;white-space:nowrap}
.cases{columns:3;font-size:12px;padding-left:18px}
:target{background:#e3f1f1}
@page{size:A4;margin:16mm 14mm}
@media print{main{max-width:none;padding:0}h2{break-after:avoid}table,tr{break-inside:avoid}a{color:inherit;text-decoration:none}}
@media (max-width:600px){nav ul,.cases{columns:1}.wide{overflow-x:auto}}
`;

/**
 * The report as one HTML page that needs nothing else, for screen and A4. `caseAddress`: where the
 * page of a case is, before its number; null: cases are only named.
 */
export function diagnosisPage(report: ReportDocument, caseAddress: string | null): string {
  const zh = report.language === 'zh-CN';
  const contents = report.chapters.map(
    ({ title }, i) => `<li><a href="#k${i}">${safe(title)}</a></li>`,
  );
  const chapters = report.chapters.map(
    ({ title, blocks }, i) => `<h2 id="k${i}">${safe(title)}</h2>${blocks.map(blockHtml).join('')}`,
  );
  return `<!doctype html>
<html lang="${report.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${safe(report.title)}</title><style>${look}</style></head>
<body><main><h1>${safe(report.title)}</h1><p class="facts">${safe(report.facts)}</p>
<nav><ul>${contents.join('')}</ul></nav>
${chapters.join('\n')}
<h2>${zh ? '附录：数字背后的案件' : 'Appendix: the cases behind the figures'}</h2>
${report.lists.map((_, i) => listHtml(report, i, caseAddress)).join('\n')}
</main></body></html>
`;
}

function blockHtml(block: ReportBlock): string {
  if (block.kind === 'text') return `<p>${safe(block.text)}</p>`;
  const isNumber = (i: number) =>
    block.rows.every((row) => row[i]?.value !== undefined || row[i]?.text === '—');
  const aligned = (i: number) => (isNumber(i) ? ' class="n"' : '');
  const head = block.columns.map((name, i) => `<th${aligned(i)}>${safe(name)}</th>`);
  const rows = block.rows.map(
    (row) => `<tr>${row.map((cell, i) => cellHtml(cell, aligned(i))).join('')}</tr>`,
  );
  return `<h3>${safe(block.title)}</h3><div class="wide"><table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function cellHtml({ text, list }: ReportCell, aligned: string): string {
  const shown = list === undefined ? safe(text) : `<a href="#c${list}">${safe(text)}</a>`;
  return `<td${aligned}>${shown}</td>`;
}

function listHtml(
  { lists, language }: ReportDocument,
  place: number,
  caseAddress: string | null,
): string {
  const list = lists[place];
  if (list === undefined) return '';
  const zh = language === 'zh-CN';
  const name = (text: string) =>
    caseAddress === null
      ? safe(text)
      : `<a href="${safe(caseAddress)}${encodeURIComponent(text)}">${safe(text)}</a>`;
  const long = (seconds: number) => duration(seconds)[zh ? 'zh' : 'en'];
  const items = list.cases.map(
    (each) => `<li>${name(each.name)} · ${safe(long(each.seconds))}</li>`,
  );
  const left = list.total - list.cases.length;
  const more = zh ? `另有 ${count(left)} 个` : `and ${count(left)} more`;
  return `<h3 id="c${place}">${safe(list.what)}（${count(list.total)}）</h3><ol class="cases">${items.join('')}</ol>${left > 0 ? `<p>${more}</p>` : ''}`;
}
