/** Faults on the desk: what is planned, and the whole table, each to be had by one click. */
import { Fault } from '../../faults/answer-faults.ts';
import { NotificationFault } from '../../faults/notification-faults.ts';
import { Call } from '../../transport/call.ts';
import { REFUSALS } from '../../transport/refusals.ts';
import { html, type Html, type Value } from '../html.ts';
import { latestOrders, type Sources } from '../sources.ts';
import type { Words } from '../sentences/catalogue.ts';
import { code, press, section } from './parts.ts';

const ORDERS = 20;
/** 综合评估不通过: what merchants see most. */
const USUAL_REFUSAL = 'riskRefused';

export function plannedPart({ faults, notificationFaults }: Sources, words: Words): Html {
  const planned = [...faults.planned.all(), ...notificationFaults.planned.all()];
  return section('planned', words.plannedHeading, [
    planned.length === 0
      ? html`<p class="hint">${words.nothingPlanned}</p>`
      : html`<ul class="planned">
          ${planned.map(
            (it) =>
              html`<li>
                ${words.planned(it.fault, it.times)}
                <span class="number"
                  >${[Object(it).call, it.out_order_no].filter(Boolean).join(' ')}</span
                >
              </li>`,
          )}
        </ul>`,
    press({ id: 'call-off', path: '/desk/faults/call-off', text: words.callOff }),
  ]);
}

export function faultsPart(sources: Sources, words: Words): Html {
  const { tallies } = sources;
  const numbers = latestOrders(sources, ORDERS).map(({ out_order_no }) => out_order_no);
  const anyOrder = [['', words.anyOrder], ...numbers.map((it) => [it, it] as const)] as const;
  return section('faults', words.faults, [
    html`<p class="hint">${words.faultsText}</p>`,
    html`<form method="post" action="/desk/faults" class="faults">
      <h3>${words.ofCalls}</h3>
      <div class="choices">
        ${choice('fault-call', 'call', words.whichCall, [
          ['', words.anyCall],
          ...Call.options.map((it) => [it, it] as const),
        ])}
        ${choice('fault-order', 'out_order_no', words.whichOrder, anyOrder)}
        ${choice(
          'fault-refusal',
          'refusal',
          words.refusal,
          Object.entries(REFUSALS).map(([name, { code: told, message }]) => [
            name,
            `${told} ${message}`,
          ]),
          USUAL_REFUSAL,
        )}
      </div>
      ${faultList('call', Fault.options, words.faultWords, tallies.calls.counts(), words)}
    </form>`,
    html`<form method="post" action="/desk/notification-faults" class="faults">
      <h3>${words.ofNotifications}</h3>
      <div class="choices">
        ${choice('notification-fault-order', 'out_order_no', words.whichOrder, anyOrder)}
      </div>
      ${faultList(
        'notification',
        NotificationFault.options,
        words.notificationFaultWords,
        tallies.notifications.counts(),
        words,
      )}
    </form>`,
  ]);
}

function choice(
  id: string,
  name: string,
  label: string,
  options: readonly (readonly [string, string])[],
  chosen = '',
): Html {
  return html`<span class="choice">
    <label for="${id}">${label}</label>
    <select id="${id}" name="${name}">
      ${options.map(
        ([value, text]) =>
          html`<option
            id="${id}-${value}"
            value="${value}"
            ${isChinese(text) && html`lang="zh-CN"`}
            ${value === chosen && html`selected`}
          >
            ${text}
          </option>`,
      )}
    </select>
  </span>`;
}

/** WeChat Pay's messages are, whatever the page speaks. */
function isChinese(text: string): boolean {
  return /\p{Script=Han}/u.test(text);
}

/** Each is a button of the form: what was chosen above goes with it. */
function faultList<Name extends string>(
  of: string,
  names: readonly Name[],
  sentences: Readonly<Record<Name, string>>,
  struck: Readonly<Record<string, number>>,
  words: Words,
): Value {
  return html`<ul>
    ${names.map(
      (name) =>
        html`<li>
          <button name="fault" value="${name}" aria-describedby="${of}-${name}">
            ${code(name)}
          </button>
          <span id="${of}-${name}">${sentences[name]}</span>
          ${struck[name] !== undefined && html`<small>${words.struck(struck[name])}</small>`}
        </li>`,
    )}
  </ul>`;
}
