import { tokensCss } from '#kernel/tokens';

const SEAL = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="4" fill="#ab3628"/><path d="M8 8h16v3H8zm2 6h12v3H10zm-2 6h16v4H8z" fill="#faf7f0"/></svg>`;

export const sealSvg = SEAL;

/** The portal's one style sheet, from the same tokens as the console. */
export function portalCss(): string {
  return `${tokensCss()}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.7 var(--sans)}
a{color:var(--vermilion)}a:focus-visible,input:focus-visible,button:focus-visible{outline:2px solid var(--vermilion);outline-offset:2px}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--sheet);padding:8px;z-index:1}
.top{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;padding:12px max(16px,calc(50% - 520px));border-bottom:1px solid var(--line);background:var(--sheet)}
.brand{color:var(--ink);text-decoration:none;font-family:var(--serif);font-size:18px;white-space:nowrap}
.seal{display:inline-block;background:var(--vermilion);color:var(--paper);padding:0 6px;border-radius:3px}
.languages{margin-left:auto;display:flex;gap:12px;font-size:14px}.languages span{color:var(--ink-soft)}
.box{display:flex;flex:1 1 280px;max-width:620px}
.box input{flex:1;min-width:0;font:inherit;padding:8px 12px;border:1px solid var(--line-strong);border-right:0;border-radius:3px 0 0 3px;background:var(--paper);color:var(--ink)}
button,.button{font:inherit;padding:8px 20px;border:1px solid var(--vermilion);background:var(--vermilion);color:#fff;border-radius:0 3px 3px 0;cursor:pointer}
main{padding:24px max(16px,calc(50% - 520px)) 48px;min-height:60vh}
footer{padding:16px max(16px,calc(50% - 520px));border-top:1px solid var(--line);color:var(--ink-soft);font-size:14px;display:flex;gap:24px}
h1,h2,.record h3{font-family:var(--serif);font-weight:600;line-height:1.4}h1{font-size:24px;margin:0 0 12px}h2{font-size:18px;margin:28px 0 8px}
mark{background:var(--mark);color:inherit}
.code{font-family:var(--mono);font-size:14px;white-space:nowrap;user-select:all}
.soft{color:var(--ink-soft);font-size:14px}
.home{text-align:center;padding-top:6vh}.home h1{font-size:32px}.home .box{margin:0 auto 28px}
.doors{display:grid;grid-template-columns:repeat(auto-fit,minmax(180px,1fr));gap:12px;max-width:760px;margin:0 auto;padding:0;list-style:none}
.doors a{display:block;padding:18px 8px;border:1px solid var(--line-strong);border-radius:3px;background:var(--sheet);text-decoration:none;color:var(--ink);font-family:var(--serif);font-size:18px}
.doors a:hover{border-color:var(--vermilion);color:var(--vermilion)}
.archives{columns:2 240px;list-style:none;padding:0;text-align:left;max-width:760px;margin:0 auto}
.results{display:grid;grid-template-columns:200px 1fr;gap:32px}.facets h2{font-size:15px;margin:16px 0 4px}.facets ul{list-style:none;margin:0;padding:0;font-size:14px}
.facets li{display:flex;justify-content:space-between;gap:8px}.facets .n{color:var(--ink-soft);font-variant-numeric:tabular-nums}
.hits{list-style:none;margin:0;padding:0}.record{padding:14px 0;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
.record h3{margin:0;font-size:18px}.record h3 a{color:var(--ink);text-decoration:none}.record h3 a:hover{color:var(--vermilion);text-decoration:underline}
.snippet{margin:4px 0 0;font-size:15px}.snippet a{font-size:14px;margin-right:8px;white-space:nowrap}
.sorts{display:flex;gap:16px;font-size:14px;align-items:baseline;flex-wrap:wrap}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:4px 20px;margin:0}dl.facts dt{color:var(--ink-soft)}dl.facts dd{margin:0;overflow-wrap:anywhere;white-space:pre-wrap}
.strip{display:grid;grid-template-columns:repeat(auto-fill,minmax(120px,1fr));gap:12px;list-style:none;padding:0}
.strip a{display:block;text-align:center;font-size:14px}.strip img{display:block;width:100%;height:160px;object-fit:contain;background:var(--grey-soft);border:1px solid var(--line)}
.image{max-width:100%;height:auto;border:1px solid var(--line);background:#fff;display:block;margin:0 auto}
.text{white-space:pre-wrap;background:var(--sheet);border:1px solid var(--line);padding:16px;font-family:var(--serif)}
.turn{display:flex;justify-content:space-between;gap:16px;margin:12px 0;flex-wrap:wrap}
.verdict{font-family:var(--serif);font-size:40px;margin:16px 0}.good{color:var(--jade)}.bad{color:var(--vermilion)}.open-mark{color:var(--jade)}
@media(max-width:720px){.results{grid-template-columns:1fr;gap:8px}.facets{order:2}h1{font-size:20px}.verdict{font-size:30px}dl.facts{grid-template-columns:1fr;gap:0}dl.facts dd{margin-bottom:8px}}
@media print{.top .box,.languages,footer,.turn,.facets{display:none}body{background:#fff}}
`;
}
