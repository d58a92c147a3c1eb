/** Colours, type and what every room has. WeChat's green is an accent; text on it, or of it, is dark enough to be read. */

export const BASE = `:root{color-scheme:light dark;--paper:#ededed;--card:#fff;--ink:#191919;--soft:#5c5c5c;--line:#e2e2e2;--accent:#07c160;
--green:#05703a;--press:#067d3c;--on-press:#fff;--ill:#b3261e;--link:#33537e;--tint:#e3f6ea}
@media(prefers-color-scheme:dark){:root{--paper:#111;--card:#1e1e1e;--ink:#e8e8e8;--soft:#a6a6a6;--line:#333;--green:#3ecf83;--press:#067d3c;
--ill:#ff9a90;--link:#9db9e8;--tint:#12301f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Noto Sans SC","Microsoft YaHei",sans-serif}
h1,h2,h3,p,ul,ol,dl,dd{margin:0}
a{color:var(--link)}
code,.number,pre{font:.875em/1.4 ui-monospace,SFMono-Regular,Menlo,monospace;overflow-wrap:anywhere}
pre{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:1rem;overflow:auto}
.hint,small,time{color:var(--soft)}
.hint{font-size:.875rem}
.well{color:var(--green)}
.ill{color:var(--ill)}
.notice{background:var(--tint);border-left:4px solid var(--accent);padding:.5rem .75rem;border-radius:4px}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
main:focus{outline:none}
.skip{position:absolute;left:-99rem}
.skip:focus{left:.5rem;top:.5rem;background:var(--card);padding:.5rem;z-index:3}
.rooms{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;justify-content:space-between;padding:.5rem 1rem;background:var(--card);border-bottom:1px solid var(--line)}
.rooms nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.rooms a{color:var(--ink);text-decoration:none;padding:.375rem 0}
.rooms a:hover{text-decoration:underline}
.rooms a[aria-current]{font-weight:600;box-shadow:inset 0 -3px var(--accent)}
button,a.main{font:inherit;cursor:pointer;border:0;border-radius:6px;padding:.375rem .75rem;background:var(--press);color:var(--on-press)}
button:hover,a.main:hover{filter:brightness(.92)}
button[aria-disabled]{opacity:.8;cursor:progress}
select,input{font:inherit;color:inherit;background:var(--card);border:1px solid var(--soft);border-radius:6px;padding:.25rem .5rem;max-width:100%}
#outcome{position:fixed;right:1.25rem;bottom:1.25rem;max-width:min(36rem,92vw);width:max-content;padding:.6rem 1rem;border-radius:8px;background:#1c3a2a;color:#fff;z-index:2}
#outcome.fault{background:#6b1a15}
#outcome.quiet{padding:0;background:transparent}
.card{background:var(--card);border-radius:12px;padding:1rem 1.25rem}
.card h2{font-size:1.0625rem}
.card ol{padding-left:1.5rem;display:grid;gap:.25rem;margin-top:.375rem}
.home main,.stories main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 5rem}
.home main>div,.stories main>div{display:grid;gap:1rem;margin-bottom:1rem}
h1{font-size:1.5rem}
.doors,.choices{list-style:none;padding:0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(16rem,1fr))}
.stories .choices{gap:.625rem}
.stories .choices .card{display:grid;grid-template-columns:1fr auto;gap:.125rem .75rem;align-items:start;padding:.75rem 1rem}
.stories .choices p{font-size:.875rem;color:var(--soft)}
.stories .choices form{grid-column:2;grid-row:1/span 2}
.doors .card{border-top:4px solid var(--accent)}
.doors h2{font-size:1.25rem;margin-bottom:.25rem}
.told{background:var(--card);border-radius:12px;list-style:none;padding:1rem 1.25rem;display:grid;gap:.5rem}
.told li{display:grid;grid-template-columns:4.5rem 1fr;gap:.5rem;align-items:baseline}
.told small{text-align:right;font-variant-numeric:tabular-nums}
.told .end{font-weight:600;border-top:1px solid var(--line);padding-top:.5rem}
.told .fault{color:var(--ill);font-weight:600}
@media(min-width:60rem){.stories main{display:grid;grid-template-columns:22rem minmax(0,1fr);gap:0 1.5rem;align-items:start;max-width:80rem}
.stories main>#heading{grid-column:1/-1}.stories main>#choices{grid-row:2/span 3}}
@media(prefers-reduced-motion:no-preference){.told li{animation:come .3s ease-out}@keyframes come{from{opacity:0}}}
`;
