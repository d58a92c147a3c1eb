/** The phone: a column as wide as one, grey paper, white cards, as WeChat has them. */

export const PHONE = `.phone #outcome{right:50%;transform:translateX(50%)}
.phone main{max-width:26.25rem;margin:0 auto;min-height:calc(100vh - 3rem);background:var(--paper);padding-bottom:5rem}
@media(min-width:40rem){body.phone{background:var(--line)}.phone main{margin:1.5rem auto;border:1px solid var(--line);border-radius:24px;overflow:hidden;min-height:46rem}}
.bar{display:grid;grid-template-columns:2.75rem 1fr 2.75rem;align-items:center;text-align:center;padding:.625rem .25rem;background:var(--paper);border-bottom:1px solid var(--line)}
.bar h1{font-size:1.0625rem;grid-column:2;grid-row:1}
.bar .back{grid-column:1;grid-row:1;font-size:1.75rem;line-height:1;text-decoration:none;color:var(--ink);padding:.25rem}
.bar .owner{grid-column:1/-1;font-size:.75rem;color:var(--soft)}
.screen{display:grid;gap:.625rem}
.screen .card{margin:0 .75rem}
.screen .notice{margin:0 .75rem;font-size:.875rem}
.screen .card h2{font-size:.9375rem;color:var(--soft);font-weight:500;margin-bottom:.5rem}
.hero,.state{text-align:center}
.screen .hero h2,.screen .state h2{font-size:1.125rem;color:var(--ink);font-weight:600}
.picture{height:7rem;margin:0 auto .75rem;width:4.25rem;border-radius:14px;background:linear-gradient(160deg,#0bd46c,#05703a);box-shadow:inset 0 -1.25rem #0003,0 6px 14px #0002}
.score{margin:0 auto .5rem;width:3.5rem;line-height:3.5rem;border-radius:50%;background:var(--press);color:#fff;font-size:1.5rem}
.big{font-size:2.25rem;font-weight:600;line-height:1.3;font-variant-numeric:tabular-nums}
.screen form button,.screen a.main{display:block;width:100%;text-align:center;text-decoration:none;padding:.6875rem 1rem;border-radius:8px;font-size:1.0625rem;margin-top:.75rem}
.screen button.quiet{background:transparent;color:var(--green);box-shadow:inset 0 0 0 1px var(--line)}
.actions{display:grid}
.screen dl{display:grid;gap:.375rem;text-align:left}
.screen dl div{display:flex;justify-content:space-between;gap:1rem}
.screen dt{color:var(--soft);flex:none}
.screen dd{text-align:right;overflow-wrap:anywhere}
.screen ul{padding-left:1.25rem;text-align:left}
.screen .list{list-style:none;padding:0}
.screen .list li{border-top:1px solid var(--line)}
.screen .list li:first-child{border:0}
.screen .list a{display:flex;flex-wrap:wrap;gap:0 .5rem;justify-content:space-between;padding:.75rem 0;color:var(--ink);text-decoration:none}
.screen .list a::after{content:"›";color:var(--soft)}
.screen .list em{font-style:normal;color:var(--green);margin-left:auto}
.screen .hint{margin-top:.5rem}
`;
