/** How the page looks: files beside it, so that its policy needs to allow nothing inline. */

export const STYLE = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;margin:0;display:grid;grid-template-columns:minmax(14rem,22rem) minmax(0,1fr)}
nav{position:sticky;top:0;max-height:100vh;overflow:auto;padding:1rem;box-sizing:border-box;border-right:1px solid #8884;font-size:.85rem}
nav h2{font-size:.95rem;margin:1rem 0 .25rem}
nav ul{list-style:none;margin:0;padding:0}
nav a{text-decoration:none;overflow-wrap:anywhere}
main{padding:1rem 2rem 4rem;max-width:60rem;min-width:0}
section{border-top:1px solid #8884;padding-top:.5rem;margin-top:1.5rem}
h3{overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%}
td{border-top:1px solid #8883;padding:.35rem .75rem .35rem 0;vertical-align:top;overflow-wrap:anywhere}
td:first-child{width:12rem}
td p{margin:.15rem 0}
.facts{opacity:.75;font-size:.85rem}
.inner{border-left:3px solid #8884;padding-left:.75rem;margin:.35rem 0}
code,pre{font:.85em/1.45 ui-monospace,monospace}
pre{overflow:auto;background:#8881;padding:.75rem}
@media(max-width:50rem){body{display:block}nav{position:static;max-height:none;border:0}td:first-child{width:auto}}
`;

export const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#07c160"/>' +
  '<path d="M4 8l3 3 5-6" fill="none" stroke="#fff" stroke-width="2"/></svg>\n';
