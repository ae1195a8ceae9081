/** Colours of the page and of the system have no say in it; an accent of one's own is laid on top. */
export const styles = `
:host{all:initial;--accent:#0b6b5d;--on:#fff;--bg:#fff;--text:#1c2321;--soft:#56605d;--line:#d6dcd9;--field:#7d8985;--bubble:#eef2f0;--bad:#a8241b;
position:fixed;z-index:2147483000;inset-block-end:1.25rem;inset-inline-end:1.25rem;color:var(--text);color-scheme:light;
font:400 .9375rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
:host([data-theme=dark]){--accent:#5cc5b2;--on:#04241e;--bg:#171c1a;--text:#e6ebe9;--soft:#a3aeaa;--line:#333c39;--field:#77837f;--bubble:#252c29;--bad:#ff9c92;color-scheme:dark}
@media (prefers-color-scheme:dark){:host(:not([data-theme=light])){--accent:#5cc5b2;--on:#04241e;--bg:#171c1a;--text:#e6ebe9;--soft:#a3aeaa;--line:#333c39;--field:#77837f;--bubble:#252c29;--bad:#ff9c92;color-scheme:dark}}
*{box-sizing:border-box;margin:0}
[hidden]{display:none!important}
button,input,textarea{font:inherit;color:inherit}
button{cursor:pointer;border:0;background:none;padding:0}
:focus-visible{outline:2px solid var(--text);outline-offset:2px}
svg{inline-size:1.25rem;block-size:1.25rem;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
.sr{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.launch{position:relative;display:grid;place-items:center;inline-size:3.5rem;block-size:3.5rem;border-radius:50%;background:var(--accent);color:var(--on);box-shadow:0 6px 20px #0004}
.launch svg{inline-size:1.625rem;block-size:1.625rem}
.count{position:absolute;inset-block-start:-.25rem;inset-inline-end:-.25rem;min-inline-size:1.375rem;padding-inline:.375rem;border-radius:1rem;background:var(--text);color:var(--bg);font-size:.75rem;line-height:1.375rem;font-weight:600;text-align:center}
.box{position:absolute;inset-block-end:calc(100% + .75rem);inset-inline-end:0;display:flex;flex-direction:column;inline-size:23rem;block-size:min(38rem,calc(100dvh - 7rem));border:1px solid var(--line);border-radius:1rem;background:var(--bg);box-shadow:0 12px 40px #0004;overflow:hidden}
header{display:flex;align-items:center;gap:.75rem;padding:.75rem 1rem;border-block-end:1px solid var(--line)}
.grow{flex:1;min-inline-size:0}
h2{font-size:1rem;line-height:1.4;font-weight:600;overflow-wrap:anywhere}
.small,.meta,.foot,.mail{font-size:.8125rem;color:var(--soft)}
.plain{display:grid;place-items:center;inline-size:2.5rem;block-size:2.5rem;border-radius:.5rem;color:var(--soft)}
.log{flex:1;overflow-y:auto;overscroll-behavior:contain;display:flex;flex-direction:column;gap:.5rem;padding:1rem}
.log:focus-visible{outline-offset:-3px}
.line{display:flex;flex-direction:column;gap:.125rem;align-items:flex-start;max-inline-size:85%}
.line:first-child{margin-block-start:auto}
.in{align-self:flex-end;align-items:flex-end}
.bubble{padding:.5rem .75rem;border-radius:.875rem;background:var(--bubble);white-space:pre-wrap;overflow-wrap:anywhere}
.in .bubble{background:var(--accent);color:var(--on)}
.bubble a{color:inherit}
.files{display:flex;flex-direction:column;gap:.25rem;align-items:inherit;max-inline-size:100%}
.files a{color:var(--text)}
.file{display:flex;gap:.375rem;align-items:center;max-inline-size:100%;padding:.5rem .75rem;border:1px solid var(--line);border-radius:.875rem;font-size:.8125rem}
.file svg{flex:none}
.clip{min-inline-size:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
canvas{display:block;max-inline-size:100%;border-radius:.875rem}
.chosen{list-style:none;padding:0;max-block-size:9rem;overflow-y:auto}
.chosen li{display:flex;gap:.5rem;align-items:center;font-size:.8125rem}
.chosen .clip{flex:1}.chosen .small{flex:none}
.choices{display:flex;flex-wrap:wrap;gap:.375rem;margin-block-start:.375rem}
.choice,.save{min-block-size:2.25rem;padding:.25rem .75rem;border:1px solid var(--field);border-radius:.625rem;background:var(--bg)}
.notice{padding:0 1rem .5rem;font-size:.8125rem;color:var(--soft)}
.notice:empty,.wrong:empty,.meta:empty,.choices:empty,.files:empty{display:none}
form{display:flex;flex-direction:column;gap:.5rem;padding:.625rem;border-block-start:1px solid var(--line)}
.field,.mail{display:flex;flex-direction:column;gap:.125rem}
label{font-size:.8125rem;color:var(--soft)}
.wrong{font-size:.8125rem;color:var(--bad)}
.row{display:flex;gap:.375rem;align-items:flex-end}
input,textarea{flex:1;min-inline-size:0;inline-size:100%;min-block-size:2.5rem;padding:.5rem .625rem;border:1px solid var(--field);border-radius:.625rem;background:var(--bg)}
textarea{max-block-size:7rem;resize:none;field-sizing:content;line-height:1.4}
::placeholder{color:var(--soft);opacity:1}
[aria-invalid]{border-color:var(--bad)}
.send{flex:none;display:grid;place-items:center;inline-size:2.5rem;block-size:2.5rem;border-radius:.625rem;background:var(--accent);color:var(--on)}
.foot{padding:0 1rem .75rem;text-align:center;overflow-wrap:anywhere}
.link{color:var(--text);text-decoration:underline;text-underline-offset:.15em;min-block-size:1.5rem}
@media (max-width:30rem){:host{inset-block-end:1rem;inset-inline-end:1rem}
:host([data-open]){inset:auto 0 0 0}:host([data-open]) .launch{display:none}
.box{position:static;inline-size:100%;block-size:min(42rem,calc(100dvh - .5rem));border-radius:1rem 1rem 0 0;border-inline:0;border-block-end:0}
input,textarea{font-size:1rem}}
@media (prefers-reduced-motion:no-preference){.box{animation:rise .16s ease-out}@keyframes rise{from{opacity:0;transform:translateY(.5rem)}}}
@media (forced-colors:active){.launch,.send,.bubble{border:1px solid}}
@media print{:host{display:none}}`;

export function sheet(css) {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

/** Black or white on it: one of them always reads well. */
export function colours(colour) {
  if (!/^#[0-9a-f]{6}$/i.test(colour)) return '';
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  const light = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const on = 1.05 / (light + 0.05) > (light + 0.05) / 0.05 ? '#fff' : '#000';
  return `:host{--accent:${colour}!important;--on:${on}!important}`;
}
