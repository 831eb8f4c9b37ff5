// The style sheet of a report: light and dark, from a phone to a wide screen. Nothing is fetched for it.

export const style = `
:root {
  color-scheme: light dark;
  --page: #f6f7f9; --card: #ffffff; --ink: #1b2430; --soft: #54606f; --grid: #dfe3e8; --edge: #e3e7ec;
  --good: #15713f; --good-tint: #e3f4ea; --warn: #9a5b00; --warn-tint: #fdf0dc;
  --bad: #c0312b; --bad-tint: #fce8e6; --link: #1f5fbf;
  --c1: #2f6fd0; --c2: #cf7a10; --c3: #8a5cc4; --c4: #1a8f80; --c5: #c9487b; --c6: #7b8794;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161c; --card: #1b212a; --ink: #e8ecf1; --soft: #a3afbd; --grid: #333c48; --edge: #2a323d;
    --good: #5fcf93; --good-tint: #17372a; --warn: #f0b45a; --warn-tint: #3b2d14;
    --bad: #ff8a80; --bad-tint: #44201f; --link: #8ab8ff;
    --c1: #6ea5f7; --c2: #f2ab4e; --c3: #b592e6; --c4: #4fc7b6; --c5: #ee82ac; --c6: #97a3b0;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; padding: 1.75rem 1rem 3rem; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", sans-serif;
  overflow-wrap: anywhere;
}
header, main, footer { max-width: 1120px; margin: 0 auto; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 0.75rem; }
h3 { font-size: 0.95rem; margin: 0 0 0.5rem; }
p { margin: 0; }
header .facts, footer { color: var(--soft); font-size: 0.86rem; }
header .facts { margin-top: 0.25rem; }
footer { margin-top: 2.5rem; }
.verdict {
  margin-top: 1.1rem; padding: 0.8rem 1rem; border-radius: 10px; border: 1px solid var(--edge);
  border-left: 5px solid var(--good); background: var(--card); font-weight: 600;
}
.verdict.bad { border-left-color: var(--bad); }
.verdict.none { border-left-color: var(--c6); }
.verdict ul { margin: 0.4rem 0 0; padding: 0; list-style: none; font-weight: 400; font-size: 0.92rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px; margin: 0 0 1rem; padding: 0; list-style: none; }
.tile, .card, figure { background: var(--card); border: 1px solid var(--edge); border-radius: 10px; }
.tile { padding: 0.75rem 0.9rem; }
.tile h3 { margin: 0; font-size: 0.82rem; font-weight: 500; color: var(--soft); }
.tile .value { font-size: 1.35rem; font-weight: 650; line-height: 1.35; font-variant-numeric: tabular-nums; }
.tile .note { font-size: 0.8rem; line-height: 1.35; color: var(--soft); }
.tile.good .value { color: var(--good); }
.tile.warn .value { color: var(--warn); }
.tile.bad .value { color: var(--bad); }
.meter { display: block; width: 100%; height: 6px; margin: 0.25rem 0 0.4rem; border-radius: 3px; overflow: hidden; }
.meter .all { fill: var(--grid); }
.meter .part { fill: var(--good); }
.meter.warn .part { fill: var(--warn); }
.meter.bad .part { fill: var(--bad); }
.card { padding: 0.9rem 1rem; margin: 0 0 1rem; }
.figures { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; margin: 0 0 1rem; }
figure { margin: 0; padding: 0.9rem 1rem; min-width: 0; }
figcaption p { color: var(--soft); font-size: 0.86rem; margin: -0.25rem 0 0.5rem; }
figure > svg { display: block; width: 100%; height: auto; }
figure > svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
figure > svg.narrow, figure > svg.full { display: none; }
.legend { display: flex; flex-wrap: wrap; gap: 0.15rem 1rem; margin: 0.5rem 0 0; padding: 0; list-style: none; font-size: 0.82rem; color: var(--soft); }
.key { display: inline-block; width: 10px; height: 10px; margin-right: 0.4em; border-radius: 2px; }
.key.c1 { background: var(--c1); } .key.c2 { background: var(--c2); } .key.c3 { background: var(--c3); }
.key.c4 { background: var(--c4); } .key.c5 { background: var(--c5); } .key.c6 { background: var(--c6); }
.key.good { background: var(--good); } .key.warn { background: var(--warn); } .key.bad { background: var(--bad); }
details { margin-top: 0.6rem; font-size: 0.88rem; }
summary { cursor: pointer; color: var(--link); width: fit-content; }
summary:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
table { width: 100%; border-collapse: collapse; font-size: 0.86rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); padding: 0 0 0.4rem; }
.card caption { color: var(--ink); font-size: 0.95rem; font-weight: 600; }
th, td { padding: 0.4rem 0.5rem; text-align: left; vertical-align: top; border-top: 1px solid var(--edge); }
thead th { border-top: 0; color: var(--soft); font-weight: 500; white-space: nowrap; }
tbody th { font-weight: 600; white-space: nowrap; }
.foreign { white-space: normal; }
th:first-child, td:first-child { padding-left: 0; }
th:last-child, td:last-child { padding-right: 0; }
.n { text-align: right; white-space: nowrap; }
.when { display: block; color: var(--soft); font-size: 0.78rem; white-space: nowrap; }
.state { display: inline-block; padding: 0 0.5em; border-radius: 999px; font-size: 0.8rem; white-space: nowrap; color: var(--soft); border: 1px solid var(--edge); }
.state.good { color: var(--good); background: var(--good-tint); border-color: transparent; }
.state.warn { color: var(--warn); background: var(--warn-tint); border-color: transparent; }
.state.bad { color: var(--bad); background: var(--bad-tint); border-color: transparent; }
.notes { margin: 0.8rem 0 0; padding: 0; list-style: none; font-size: 0.88rem; }
.notes li { padding: 0.45rem 0.7rem; margin-top: 0.4rem; border-radius: 6px; background: var(--page); }
.notes li.bad { background: var(--bad-tint); }
@media (min-width: 960px) {
  .figures { grid-template-columns: repeat(2, minmax(0, 1fr)); }
  figure.whole { grid-column: 1 / -1; }
  figure > svg.full { display: block; }
  figure.whole > svg.wide { display: none; }
}
@media (max-width: 640px) {
  body { padding: 1.1rem 0.75rem 2rem; }
  .card, figure { padding: 0.8rem 0.75rem; }
  figure > svg.wide { display: none; }
  figure > svg.narrow { display: block; }
  table, tbody, caption { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: grid; grid-template-columns: repeat(6, 1fr); gap: 0.15rem 0.6rem; padding: 0.6rem 0; border-top: 1px solid var(--edge); }
  th, td { padding: 0; border: 0; min-width: 0; }
  tbody th { grid-column: 1 / -1; white-space: normal; }
  td { grid-column: span 3; }
  td.n { grid-column: span 2; }
  td:empty { display: none; }
  td::before { content: attr(data-title); display: block; color: var(--soft); font-size: 0.74rem; line-height: 1.3; }
  .n { text-align: left; white-space: normal; }
}
@media print {
  body { background: #fff; padding: 0; }
  .tile, .card, figure { break-inside: avoid; }
}
`;
