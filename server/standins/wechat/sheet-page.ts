/** What the payment sheet shows. */
export interface SheetView {
  prepayId: string
  payee: string
  totalFen: number
  lines: { shop: string; what: string; fen: number }[]
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[sign]!)

/** JSON that cannot end the script element it stands in. */
const scriptJson = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c')

const yuan = (fen: number): string => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`

const style = `
*{box-sizing:border-box;margin:0;-webkit-tap-highlight-color:transparent}
html,body{height:100%;background:transparent}
body{display:flex;align-items:flex-end;justify-content:center;background:rgba(0,0,0,.5);color:#191919;
font:17px/1.5 -apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{width:100%;max-width:480px;max-height:100%;overflow:auto;background:#fff;border-radius:12px 12px 0 0;
padding:8px 24px calc(20px + env(safe-area-inset-bottom));text-align:center}
header{position:relative;min-height:48px;line-height:48px;font-size:15px;color:#5c5c5c}
.payee{margin-top:8px;font-size:17px;overflow-wrap:anywhere}
.sum{font-size:40px;font-weight:600;line-height:1.4;font-variant-numeric:tabular-nums}
.sum small{font-size:26px;margin-right:2px}
ul{list-style:none;padding:8px 0;margin:12px 0 0;border-top:1px solid #ededed;max-height:30vh;overflow:auto;text-align:left;font-size:14px;color:#5c5c5c}
li{display:flex;justify-content:space-between;gap:16px;padding:4px 0}
li span:first-child{overflow-wrap:anywhere}
li span:last-child{white-space:nowrap;font-variant-numeric:tabular-nums;color:#191919}
.way{display:flex;justify-content:space-between;padding:12px 0;border-top:1px solid #ededed;font-size:15px;color:#5c5c5c}
button{display:block;width:100%;min-height:48px;border:0;border-radius:8px;font:inherit;font-weight:600;cursor:pointer}
button:disabled{opacity:.5}
button:focus-visible{outline:3px solid #1f6f43;outline-offset:2px}
#pay,#back{background:#06753d;color:#fff;margin-top:8px}
#cancel{background:transparent;color:#57606a;font-weight:400;margin-top:8px}
.words{padding:24px 0 16px;font-size:17px}
#note{min-height:24px;font-size:14px;color:#b3261e}
.stamp{font-size:12px;color:#6b6b6b;padding-top:8px}
`

const frame = (nonce: string, body: string, script: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover">
<title>微信支付</title><style nonce="${nonce}">${style}</style></head>
<body><main role="dialog" aria-modal="true" aria-label="微信支付">${body}<p class="stamp">模拟支付，不会产生真实扣款</p></main>
<script nonce="${nonce}">
function tell(prepayId, result, errMsg) {
  if (window.parent !== window) window.parent.postMessage({ source: 'wechat-pay-sheet', prepay_id: prepayId, result: result, errMsg: errMsg }, '*')
}
${script}
</script></body></html>`

/** The half sheet with the amount and the two buttons; `token` lets this sheet, and no other, pay. */
export const paySheet = (view: SheetView, token: string, nonce: string): string =>
  frame(
    nonce,
    `<header>微信支付</header>
<p class="payee">${escapeHtml(view.payee)}</p>
<p class="sum"><small>¥</small><span id="amount">${yuan(view.totalFen)}</span></p>
<ul>${view.lines.map((line) => `<li><span>${escapeHtml(line.shop)} · ${escapeHtml(line.what)}</span><span>¥${yuan(line.fen)}</span></li>`).join('')}</ul>
<p class="way"><span>支付方式</span><span>零钱</span></p>
<p id="note" role="alert"></p>
<button id="pay" type="button">支付</button>
<button id="cancel" type="button">取消</button>`,
    `var sheet = ${scriptJson({ token, prepayId: view.prepayId })}
var pay = document.getElementById('pay'), cancel = document.getElementById('cancel'), note = document.getElementById('note')
function ask(path) {
  return fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token: sheet.token }) })
    .then(function (answer) { return answer.json() })
}
pay.onclick = function () {
  pay.disabled = cancel.disabled = true
  note.textContent = ''
  pay.textContent = '正在支付…'
  ask('sheet/pay').then(function (said) {
    pay.textContent = said.result === 'ok' ? '支付成功' : '支付失败'
    if (said.result !== 'ok') { note.textContent = said.errMsg.replace('requestPayment:fail ', ''); cancel.textContent = '返回'; cancel.disabled = false }
    tell(sheet.prepayId, said.result, said.errMsg)
  }).catch(function () {
    pay.disabled = cancel.disabled = false
    pay.textContent = '支付'
    note.textContent = '网络不给力，请重试'
  })
}
cancel.onclick = function () {
  cancel.disabled = true
  ask('sheet/cancel').catch(function () {}).then(function () { tell(sheet.prepayId, 'cancel', 'requestPayment:fail cancel') })
}`,
  )

/** The sheet that refuses, in the client's words, and reports a failure when left. */
export const refusalSheet = (prepayId: string, words: string, nonce: string): string =>
  frame(
    nonce,
    `<header>微信支付</header><p class="words" id="refusal" role="alert">${escapeHtml(words)}</p><button id="back" type="button">知道了</button>`,
    `document.getElementById('back').onclick = function () { tell(${scriptJson(prepayId)}, 'fail', ${scriptJson(`requestPayment:fail ${words}`)}) }`,
  )
