/** The look of the report: tokens, then parts in the order of the page, then dark and print. */
export const style = `
:root{--bg:#f5f6f7;--paper:#fff;--ink:#1b2126;--ink2:#56626b;--line:#dfe3e6;--accent:#0b6e75;--weak:#e3f1f1;
--heat:#e2823a;--often:#5aa9ae;--arc:#7a858e;--back:#a0527d;color-scheme:light}
:root[data-theme=dark]{--bg:#14181b;--paper:#1d2327;--ink:#e6eaec;--ink2:#a3afb7;--line:#353e44;--accent:#5cc3ca;--weak:#1f3a3c;
--heat:#a85a1c;--often:#2b6f74;--arc:#83909a;--back:#d08ab0;color-scheme:dark}
*{box-sizing:border-box}
body{margin:0;font:14px/1.55 "PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",system-ui,sans-serif;color:var(--ink);background:var(--bg);font-variant-numeric:tabular-nums}
html[data-language=zh-CN] .en,html[data-language=en] .zh{display:none}
main{max-width:1180px;margin:0 auto;padding:0 24px 48px}
header{display:flex;gap:24px;align-items:flex-start;padding:22px 0 14px;border-bottom:2px solid var(--accent);margin-bottom:16px}
header div:first-child{flex:1}
h1{font-size:22px;margin:0 0 2px;font-weight:600}
h2{font-size:16px;margin:30px 0 8px;font-weight:600}
h3{font-size:14px;margin:0;font-weight:600}
p{margin:0 0 8px}
.muted{color:var(--ink2)}
.filter{margin:0 0 12px;font-size:13px}
.note{color:var(--ink2);font-size:13px;margin:0 0 10px;max-width:880px}
.paper{background:var(--paper);border:1px solid var(--line);border-radius:4px;padding:14px 16px}
button,select{font:inherit;font-size:13px;color:var(--ink);background:var(--paper);border:1px solid var(--line);border-radius:3px;padding:4px 10px;cursor:pointer}
button:hover{border-color:var(--accent)}
button[aria-pressed=true]{background:var(--weak);border-color:var(--accent);color:var(--accent);font-weight:600}
button:focus-visible,input:focus-visible,.node:focus-visible rect,summary:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
.controls{display:flex;gap:6px}
.tiles{display:grid;grid-template-columns:repeat(6,1fr);gap:10px}
.tile{padding:10px 12px}
.tile .value{font-size:20px;line-height:1.3;font-weight:600;white-space:nowrap}
.tile .label{color:var(--ink2);font-size:13px}
.tile .what{color:var(--ink2);font-size:12px;line-height:1.4;margin-top:4px}
ol.findings{margin:0;padding-left:22px}
ol.findings li{margin:3px 0}
.bar{display:flex;flex-wrap:wrap;gap:8px 18px;align-items:center;padding:8px 12px;border-bottom:1px solid var(--line);font-size:13px}
.bar label{display:flex;gap:8px;align-items:center}
.bar output{min-width:52px;font-weight:600}
input[type=range]{accent-color:var(--accent);width:150px}
.mapbox{padding:0}
.scroll{overflow-x:auto;padding:8px 12px}
.level{display:none}.level.on{display:block}
svg.map{display:block;margin:0 auto}
svg text{font:12px "PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC",system-ui,sans-serif;fill:var(--ink);text-anchor:middle}
svg .name{font-size:13px}
svg .figure{fill:var(--ink2)}
.terminal text{text-anchor:start}
.terminal circle{fill:var(--paper);stroke:var(--ink2);stroke-width:1.6}
.terminal.end circle{stroke-width:3.5}
.arc{fill:none;stroke:var(--arc);opacity:.8}
.arc.back{stroke:var(--back);stroke-dasharray:5 3}
marker.ahead{fill:var(--arc)}marker.back{fill:var(--back)}
.arc-label text{paint-order:stroke;stroke:var(--paper);stroke-width:3.5px;stroke-linejoin:round}
.node rect{stroke:var(--ink2);fill:color-mix(in oklab,var(--heat) var(--wait),var(--paper))}
[data-measure=count] .node rect{fill:color-mix(in oklab,var(--often) var(--count),var(--paper))}
[data-measure=count] .by-time,[data-measure=time] .by-count{display:none}
.node .figure{fill:color-mix(in oklab,var(--ink) 78%,var(--paper))}
.map.focus .arc:not(.on),.map.focus .arc-label:not(.on){opacity:.12}
.map.focus .arc.on{opacity:1}
.legend{display:inline-flex;align-items:center;gap:6px;color:var(--ink2)}
.legend i{width:64px;height:10px;border:1px solid var(--line);display:inline-block}
.legend .w{background:linear-gradient(90deg,var(--paper),var(--heat))}
.legend .c{background:linear-gradient(90deg,var(--paper),var(--often))}
[data-measure=count] .legend.by-time,[data-measure=time] .legend.by-count{display:none}
.legend svg{vertical-align:middle}
.worst{display:grid;grid-template-columns:30px 1fr 210px;gap:4px 14px;padding:12px 0;border-bottom:1px solid var(--line);break-inside:avoid}
.worst:last-child{border-bottom:0}
.worst .rank{font-size:20px;font-weight:600;color:var(--accent);line-height:1.2}
.worst p{margin:2px 0 0}
.worst .share{font-size:18px;font-weight:600;text-align:right;line-height:1.2}
.meter{height:8px;background:color-mix(in oklab,var(--ink2) 18%,var(--paper));border-radius:2px;overflow:hidden;margin-top:6px}
.meter i{display:block;height:100%;background:var(--heat)}
.meter.often i{background:var(--often)}
.table{overflow-x:auto;padding:4px 12px}
table{width:100%;border-collapse:collapse;font-size:13px}
th{font-weight:500;color:var(--ink2);text-align:left;border-bottom:1px solid var(--line);padding:6px 8px;vertical-align:bottom;white-space:nowrap}
th[data-sort]{cursor:pointer}th[data-sort]:hover{color:var(--accent)}
th[aria-sort=descending]::after{content:" ↓"}th[aria-sort=ascending]::after{content:" ↑"}
td{padding:5px 8px;border-bottom:1px solid color-mix(in oklab,var(--line) 60%,var(--paper))}
tr:last-child td{border-bottom:0}
.n{text-align:right}td.n{white-space:nowrap}
td.wide{min-width:120px}
.path{display:flex;flex-wrap:wrap;gap:3px 0;line-height:1.5}
.path span{white-space:nowrap}.path span:not(:last-child)::after{content:"→";color:var(--ink2);padding:0 5px}
.path b{font-weight:600;color:var(--back)}
.two{display:grid;grid-template-columns:1fr 1fr;gap:16px;align-items:start}
dl{display:grid;grid-template-columns:max-content 1fr;gap:6px 18px;margin:0;font-size:13px}
dt{font-weight:600}dd{margin:0}
ul.notes{margin:0;padding-left:18px;font-size:13px}ul.notes li{margin:3px 0}
footer{margin-top:28px;color:var(--ink2);font-size:12px}
.tip{position:relative;border-bottom:1px dotted var(--ink2);cursor:help}
.explain{display:none;position:absolute;z-index:3;left:0;top:100%;width:280px;white-space:normal;text-align:left;font-weight:400;background:var(--ink);color:var(--paper);padding:8px 10px;border-radius:4px;font-size:12px;line-height:1.5}
.n .explain{left:auto;right:0}
.tip:hover>.explain,.tip:focus>.explain{display:block}
@media screen and (max-width:900px){.tiles{grid-template-columns:repeat(2,1fr)}.two{grid-template-columns:1fr}.worst{grid-template-columns:24px 1fr}.worst .side{grid-column:2}}
@page{size:A4;margin:13mm}
@media print{
:root,:root[data-theme=dark]{--bg:#fff;--paper:#fff;--ink:#1b2126;--ink2:#56626b;--line:#dfe3e6;--accent:#0b6e75;--weak:#e3f1f1;--heat:#e2823a;--often:#5aa9ae;--arc:#7a858e;--back:#a0527d;color-scheme:light}
body{font-size:11px;-webkit-print-color-adjust:exact;print-color-adjust:exact}
main{max-width:none;padding:0}.controls,.bar .control{display:none}
.tile .value{font-size:15px}.tile .what{font-size:9px}.tiles{gap:6px}.tile{padding:7px 8px}
h2{margin-top:18px;break-after:avoid}.paper{border-color:#cfd6da}
.onepage{break-before:page;break-after:page}.mapbox{border:0}.scroll{overflow:visible;padding:0}
svg.map{max-width:100%;max-height:244mm;width:auto;height:auto}
table{font-size:10px}td,th{padding:3px 5px}tr{break-inside:avoid}.table{padding:0;overflow:visible}
.tip{border:0}dl,ul.notes{font-size:10px}.worst{grid-template-columns:24px 1fr 130px}
}`;
