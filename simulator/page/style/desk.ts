/** The desk: dense and calm, orders to the left, what they live by to the right; one column where it is narrow. */

export const DESK = `.desk main{display:grid;gap:1rem;padding:1rem 1rem 5rem;max-width:100rem;margin:0 auto;font-size:.875rem;grid-template-columns:minmax(0,1fr)}
@media(min-width:70rem){.desk main{grid-template-columns:minmax(0,5fr) minmax(0,3fr)}
.desk main>*{grid-column:1/-1;align-self:start}
.desk main>#clock,.desk main>#planned,.desk main>#bill,.desk main>#events{grid-column:2}
.desk main>#rows~#bill{grid-column:1/-1}
.desk main>#orders{grid-column:1;grid-row:2/span 4}
.desk main:has(>#orders){grid-template-rows:auto auto auto auto 1fr}}
.desk main>div{min-width:0}
.desk section{background:var(--card);border-radius:10px;padding:.75rem 1rem;display:grid;grid-template-columns:minmax(0,1fr);gap:.5rem;min-width:0}
.desk h2{font-size:1rem}
.desk h3{font-size:.875rem;color:var(--soft)}
.presses{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
.desk button{padding:.25rem .625rem;background:transparent;color:var(--green);box-shadow:inset 0 0 0 1px var(--soft);white-space:nowrap}
.desk button:hover{background:var(--tint)}
.clock{font-size:1.125rem;font-variant-numeric:tabular-nums}
.scroll{overflow:auto;max-height:26rem}
table{border-collapse:collapse;width:100%}
th{position:sticky;top:0;background:var(--card);text-align:left;font-weight:500;color:var(--soft);white-space:nowrap}
th,td{padding:.25rem .75rem .25rem 0;vertical-align:top;border-bottom:1px solid var(--line)}
td,td code,td .number{white-space:nowrap}
.attempts{list-style:none;padding:0}
.orders{list-style:none;padding:0}
.orders>li{border-top:1px solid var(--line)}
.orders>li:first-child{border:0}
summary{display:flex;flex-wrap:wrap;gap:.125rem .75rem;align-items:baseline;padding:.5rem 0;cursor:pointer}
summary::before{content:"▸";color:var(--soft)}
details[open]>summary::before{content:"▾"}
.standing{font-size:.8125rem;color:var(--soft)}
.phase{background:var(--tint);border-radius:4px;padding:0 .375rem}
.total{margin-left:auto;font-variant-numeric:tabular-nums}
.order{display:grid;grid-template-columns:minmax(0,1fr);gap:.5rem;padding:0 0 .75rem 1rem;border-left:3px solid var(--tint)}
.links{padding-left:1.25rem}
.planned{padding-left:1.25rem}
.faults ul{list-style:none;padding:0;display:grid;gap:.375rem 1.5rem;grid-template-columns:repeat(auto-fill,minmax(min(26rem,100%),1fr))}
.faults li{display:flex;flex-wrap:wrap;gap:.125rem .5rem;align-items:baseline}
.faults li>span{flex:1 1 12rem}
.faults li>small{flex:none}
.desk .choices{display:flex;flex-wrap:wrap;gap:.5rem 1rem;margin:.25rem 0 .75rem}
.choice{display:flex;gap:.375rem;align-items:center;min-width:0;max-width:100%}
.choice label{white-space:nowrap}
.choice select{min-width:0;max-width:18rem;flex:0 1 auto}
`;
