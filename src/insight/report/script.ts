/**
 * What the page can do besides being read: language, theme, measure and detail of the map, sorting.
 * It is text, because it runs in the reader's browser; without it the page still shows everything.
 */
export const script = `
(function(){
var root=document.documentElement;
function all(q,e){return Array.prototype.slice.call((e||document).querySelectorAll(q))}
function press(group,value){all('[data-'+group+'-to]').forEach(function(b){b.setAttribute('aria-pressed',String(b.getAttribute('data-'+group+'-to')===value))})}
function setLanguage(v){root.lang=v;root.setAttribute('data-language',v);press('language',v);document.title=root.getAttribute(v==='en'?'data-title-en':'data-title-zh')}
function setTheme(v){root.setAttribute('data-theme',v);press('theme',v)}
all('[data-language-to]').forEach(function(b){b.onclick=function(){setLanguage(b.getAttribute('data-language-to'))}});
all('[data-theme-to]').forEach(function(b){b.onclick=function(){setTheme(b.getAttribute('data-theme-to'))}});
if(window.matchMedia&&matchMedia('(prefers-color-scheme: dark)').matches)setTheme('dark');
var wanted=/[#&]lang=(en|zh-CN)/.exec(location.hash);if(wanted)setLanguage(wanted[1]);
if(/[#&]theme=dark/.test(location.hash))setTheme('dark');
var box=document.getElementById('map');
all('[data-measure-to]').forEach(function(b){b.onclick=function(){var v=b.getAttribute('data-measure-to');box.setAttribute('data-measure',v);press('measure',v)}});
var slider=document.getElementById('detail'),shown=document.getElementById('covered');
function show(){all('.level',box).forEach(function(l,i){var on=i===Number(slider.value);l.classList.toggle('on',on);if(on){shown.textContent=l.getAttribute('data-covered');slider.setAttribute('aria-valuetext',l.getAttribute('data-covered'))}})}
if(slider)slider.oninput=show;
function focus(svg,name){svg.classList.toggle('focus',name!==null);all('[data-from]',svg).forEach(function(a){a.classList.toggle('on',a.getAttribute('data-from')===name||a.getAttribute('data-to')===name)})}
all('svg.map').forEach(function(svg){all('.node',svg).forEach(function(n){
function on(){focus(svg,n.getAttribute('data-activity'))}function off(){focus(svg,null)}
n.onmouseenter=on;n.onfocus=on;n.onmouseleave=off;n.onblur=off})});
all('table[data-sortable]').forEach(function(t){all('th[data-sort]',t).forEach(function(th){th.tabIndex=0;th.onkeydown=function(e){if(e.key==='Enter')th.onclick()};th.onclick=function(){
var i=Array.prototype.indexOf.call(th.parentNode.children,th),down=th.getAttribute('aria-sort')!=='descending',body=t.tBodies[0];
all('th',t).forEach(function(o){o.removeAttribute('aria-sort')});th.setAttribute('aria-sort',down?'descending':'ascending');
all('tr',body).map(function(r,k){return{r:r,k:k,v:r.children[i].getAttribute('data-value')}}).sort(function(a,b){
var x=th.getAttribute('data-sort')==='text'?(a.v<b.v?-1:a.v>b.v?1:0):Number(a.v)-Number(b.v);return(down?-x:x)||a.k-b.k}).forEach(function(e){body.appendChild(e.r)})}})});
})();`;
