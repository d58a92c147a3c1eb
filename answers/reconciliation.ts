/** A day's reconciliation as finance people and operators get it. */
import { z } from 'zod';
import { exactly, type Answer } from './answer.ts';
import { count, day, fen, inBeijing, time } from './fields.ts';
import { listOf } from './list.ts';
import { WAIVERS } from '../payscore/rules/waiver.ts';
import type { Acknowledgement as KeptAcknowledgement } from '../reconciliation/report/acknowledgements.ts';
import type { Finding as KeptFinding } from '../reconciliation/report/finding.ts';
import type { FundFlowPart } from '../reconciliation/fund-flow/fund-flow.ts';
import type { Made as KeptMade } from '../reconciliation/report/provenance.ts';
import type { DayReport } from '../reconciliation/report/report.ts';
import type { Standing as KeptStanding } from '../reconciliation/report/standing.ts';
import type { Words } from '../words/en.ts';

const Count = z
  .object({ count: count('How many.'), amount: fen('How much, all together.') })
  .meta({ id: 'Count', description: 'How many, and how much.' });

const counted = (what: string) => Count.meta({ description: what });

const WaiverCounts = z
  .partialRecord(z.enum(WAIVERS), Count)
  .meta({ description: 'By why: `payscore/rules/waiver.ts`.' });

export const Takings = z
  .object({
    payments: count('How many payments.'),
    income: fen('订单金额.'),
    coupons: fen('代金券金额.'),
    settlement_amount: fen('应结订单金额.'),
    refunds: count('How many refunds, with reversals.'),
    refunded: fen('申请退款金额.'),
    refund_settlement_amount: fen('退款金额.'),
    fees_millifen: z.int().meta({
      description:
        '手续费 less what refunds gave back, in thousandths of a fen, as bills have them.',
    }),
    fees: fen('The same, rounded.'),
    expected_settlement: fen(
      'What WeChat Pay is expected to settle: 应结订单金额 less 退款金额 and fees.',
    ),
  })
  .meta({ id: 'Takings', description: 'What rows of a bill bring the merchant.' });

export const Settlement = z
  .object({
    services: z
      .record(z.string(), Takings)
      .meta({ description: 'By `service_id`, of orders here.' }),
    elsewhere: Takings,
    total: Takings,
  })
  .meta({ description: 'What the bill brings, per service.' });

const FindingKind = z
  .enum([
    ...[
      'paid_unnoticed',
      'not_in_bill',
      'amount_differs',
      'other_day',
      'paid_twice',
      'not_of_order',
    ],
    ...['row_repeated', 'refunded', 'unknown_order', 'unnamed_charge', 'order_silent', 'odd_row'],
    ...['refund_due', 'undercollected', 'refund_failed', 'bill_changed', 'account_differs'],
  ] as const)
  .meta({ description: 'What it is: `docs/reconciliation.md` tells each.' });

export const Finding = z
  .object({
    id: z
      .string()
      .meta({ description: 'By which it is acknowledged; reports of before 0.3 have none.' })
      .optional(),
    kind: FindingKind,
    healed: z
      .boolean()
      .meta({ description: 'Set right when the report was made: nobody has to do anything.' }),
    out_order_no: z
      .string()
      .meta({ description: 'Of the order; empty where the bill names none.' }),
    transaction_id: z
      .string()
      .meta({ description: '微信订单号; empty where the bill names none.' }),
    bill_amount: fen('What the bill has; a refund’s own amount.').optional(),
    order_amount: fen('What the order has.').optional(),
    account_amount: fen('What the fund-flow bill has.').optional(),
    owed_amount: fen('What must still be paid back, or was not collected.').optional(),
    time: time('Of the payment or refund.').optional(),
    line: count('Where in the bill.').optional(),
    column: z.string().meta({ description: 'What of the line is odd.' }).optional(),
    refund_id: z.string().meta({ description: '微信退款单号.' }).optional(),
    refund_status: z.string().meta({ description: '退款状态, when the bill was made.' }).optional(),
    replaced_bill: z
      .string()
      .meta({ description: 'SHA-1 of the bill that WeChat Pay has changed.' })
      .optional(),
    phase: z.string().meta({ description: 'Where the order stood here.' }).optional(),
    cause: z.string().meta({ description: 'What it is, in words for people.' }),
    action: z.string().meta({ description: 'What is to be done, in words for people.' }),
  })
  .meta({ id: 'Finding', description: 'What the bill and our orders disagree about.' });

const FileFacts = z
  .object({
    sha256: z.string().meta({ description: 'Of the file as it is kept.' }),
    bytes: count('How long it is.'),
  })
  .meta({ description: 'A file as it is kept.' });

const Requester = z
  .discriminatedUnion('code', [
    z.object({ code: z.literal('schedule') }),
    z.object({
      code: z.literal('api'),
      key: z.string().meta({ description: 'The name of the API key.' }).optional(),
    }),
  ])
  .meta({ description: 'Who had the day reconciled.' });

const Made = z
  .object({
    version: count('From 1; a report of before there were versions is 0.'),
    at: time('When the report was made.'),
    requested_by: Requester.optional(),
    program: z.string().meta({ description: 'Of this program, its version.' }),
    download: z
      .object({ at: time('When the bill was fetched.'), bytes: count('Of the file, unzipped.') })
      .meta({ description: 'Of the bill; absent where the day had none.' })
      .optional(),
    files: z
      .object({ findings: FileFacts, matches: FileFacts, waivers: FileFacts })
      .meta({ description: 'What is kept beside it.' }),
    predecessor: z
      .object({
        version: count('Of the report before.'),
        sha256: z.string().meta({ description: 'Of that report.' }),
      })
      .meta({ description: 'The report of the same day before this one.' })
      .optional(),
  })
  .meta({ description: 'Where the report comes from.' });

export const FundFlow = z.object({
  hash_value: z.string().meta({ description: 'SHA-1 of the file.' }).optional(),
  rows: count('How many rows.'),
  payments: counted('交易.'),
  refunds: counted('退款.'),
  refunds_closed: counted('退款关闭: what comes back of refunds that came to nothing.').optional(),
  refunds_beside: counted('Refunds that the trade bill does not have (充值退款).').optional(),
  fees: fen('扣除交易手续费 less 退还交易手续费.').optional(),
  others: z
    .record(z.string(), Count)
    .meta({
      description: 'What is no trade, by 业务类型; amounts below nothing left the account.',
    })
    .optional(),
  off: z
    .object({ payments: fen('交易.'), refunds: fen('退款.'), fees: fen('手续费.') })
    .partial()
    .meta({ description: 'By so much more the account moved than the trade bill says.' })
    .optional(),
  at_midnight: counted(
    'Differences minutes from midnight, which a bill beside makes up for.',
  ).optional(),
});

export const MissingFlow = z.object({
  missing: z
    .enum(['not_ready', 'refused', 'not_arrived', 'unreadable'])
    .meta({ description: 'Why the day is told without it.' }),
  message: z.string().meta({ description: 'In words for an operator.' }),
});

export const FUND_FLOW = 'The merchant’s account (资金账单) against the bill.';

const Places = z
  .object({
    agreed: counted('An order here has it, or it was declared here.'),
    elsewhere: counted('Of the merchant’s other business.'),
    findings: counted('Told as findings.'),
  })
  .meta({ description: 'Rows of the bill, each in one place.' });

export const Result = z.enum(['balanced', 'unbalanced']).meta({
  description:
    '`balanced`: bill and orders agree, or somebody answered for what does not. `unbalanced`: a person must look.',
});

export const Report = z
  .object({
    bill_date: day('Whose bill it is.'),
    mchid: z.string().meta({ description: 'The merchant’s number.' }),
    result: Result,
    bill: z
      .object({
        hash_value: z
          .string()
          .meta({ description: 'SHA-1 of the file; absent where the day had none.' })
          .optional(),
        rows: count('How many rows.'),
        payments: counted('Of payments.'),
        refunds: counted('Of refunds, with reversals.'),
        fee_off: fen('By so much its own 手续费总金额 is more than its rows make.').optional(),
        replaces: z
          .string()
          .meta({ description: 'SHA-1 of the bill before WeChat Pay changed it.' })
          .optional(),
      })
      .meta({ description: 'The bill as WeChat Pay made it (交易账单).' }),
    ours: counted('What orders here were paid on the day.'),
    agreed: counted('Rows and orders that agree to the fen.'),
    elsewhere: counted('Of the merchant’s other business.'),
    undisclosed: counted('Of these, whose orders WeChat Pay refused to tell us of.').optional(),
    in_other_bill: counted('Ours that the bill of another day has.'),
    awaited: counted('Ours that are in neither so far.'),
    sides: z
      .object({
        payments: Places,
        refunds: Places,
        ours: z
          .object({
            agreed: counted('The day’s bill has it.'),
            in_other_bill: counted('The bill of another day has it.'),
            awaited: counted('No bill has it so far.'),
            findings: counted('Told as findings.'),
          })
          .meta({ description: 'Payments of orders here, each in one place.' }),
      })
      .meta({ description: 'Both sides, each in parts that make the whole.' })
      .optional(),
    settlement: Settlement.optional(),
    carried: Count.extend({ oldest: day('Since when.').optional() })
      .meta({
        description:
          'What earlier days’ orders were charged too much, and no bill has a refund of.',
      })
      .optional(),
    refunds_on_their_way: counted('Declared here, and on their way in the bill.').optional(),
    fund_flow: z.union([FundFlow, MissingFlow]).meta({ description: FUND_FLOW }).optional(),
    waivers: WaiverCounts.optional(),
    findings: z
      .partialRecord(
        FindingKind,
        Count.extend({
          open: count('How many nobody has answered for.'),
          healed: count('How many were set right.'),
          acknowledged: count('How many somebody had answered for.').optional(),
        }),
      )
      .meta({ description: 'How many of each kind.' }),
    examples: z
      .array(Finding)
      .meta({ description: 'Some of the findings, the open ones first; findings.csv has all.' }),
    made: Made.optional(),
  })
  .meta({
    id: 'Report',
    description: 'What was compared on a day, to the fen, and what came of it.',
  });
export type Report = Answer<typeof Report>;

export const Acknowledgement = z
  .object({
    finding_id: z.string().meta({ description: 'The `id` of the finding.' }),
    name: z.string().meta({ description: 'Of the person who answers for it.' }),
    reason: z.string().meta({ description: 'As they said it.' }),
    at: time('When.'),
    by: z.string().meta({ description: 'The name of the API key by which it came.' }).optional(),
  })
  .meta({ id: 'Acknowledgement', description: 'That somebody answers for a finding.' });

const Acknowledgements = z
  .array(Acknowledgement)
  .meta({ description: 'The first one first; the first of a finding is what closed it.' });

export const StandingCounts = z
  .object({
    open: count('Findings that need somebody.'),
    healed: count('Set right when the report was made.'),
    settled: count('Settled since, by the refund that was due.'),
    acknowledged: count('Somebody has answered for them.'),
  })
  .meta({ description: 'Where the findings stand now.' });

const ReconciliationState = z
  .enum(['running', 'awaiting', 'balanced', 'unbalanced', 'failed'])
  .meta({ description: '`awaiting`: the bill of the next day is awaited.' });

export const ListedReconciliation = z
  .object({
    bill_date: day('Whose bill it is.'),
    state: ReconciliationState,
    started_at: time('When its latest run began.'),
    closed_at: time('When that ended.').optional(),
  })
  .meta({ id: 'ListedReconciliation' });

export type ListedReconciliation = Answer<typeof ListedReconciliation>;

export const ReconciliationList = listOf('reconciliations', ListedReconciliation).meta({
  id: 'ReconciliationList',
});
export type ReconciliationList = Answer<typeof ReconciliationList>;

export const Reconciliation = ListedReconciliation.extend({
  failure: z
    .object({
      type: z.string().meta({ description: 'In a word.' }),
      message: z.string().meta({ description: 'In words for people.' }),
    })
    .meta({ description: 'Why the latest run came to nothing.' })
    .optional(),
  report: Report.optional(),
  standing: StandingCounts.optional(),
  acknowledgements: Acknowledgements.optional(),
}).meta({
  id: 'Reconciliation',
  description: 'A day: its latest report, and where its findings stand now.',
});
export type Reconciliation = Answer<typeof Reconciliation>;

export const StartedReconciliation = z
  .object({ bill_date: day('Whose bill it is.'), state: z.literal('running') })
  .meta({ id: 'StartedReconciliation' });

const Standing = z
  .enum(['open', 'healed', 'settled', 'acknowledged'])
  .meta({ description: 'Where it stands now.' });

export const AcknowledgedFinding = z
  .object({
    bill_date: day('Of the report.'),
    finding: Finding,
    standing: Standing,
    acknowledgements: Acknowledgements,
  })
  .meta({ id: 'AcknowledgedFinding' });

/** @param words of the operator, in which findings are told */
export function presentedReport(report: DayReport, words: Words): Report {
  const { made, fund_flow, examples, ...rest } = report;
  return exactly<Report>()({
    ...rest,
    ...(fund_flow && { fund_flow: presentedFlow(fund_flow, words) }),
    examples: examples.map((finding) => presentedFinding(finding, words)),
    ...(made && { made: presentedMade(made) }),
  });
}

/** Fields stay in their order: the hash of a report is of its text. */
export function presentedMade(made: KeptMade): Answer<typeof Made> {
  const { at, download } = made;
  return {
    ...made,
    at: inBeijing(at),
    ...(download && { download: { ...download, at: inBeijing(download.at) } }),
  };
}

/** What is kept beside it of before there were facts is told anew. */
function presentedFinding(finding: KeptFinding, words: Words): Answer<typeof Finding> {
  return { ...finding, ...words.reconciliation.finding(finding) };
}

function presentedFlow(flow: FundFlowPart, words: Words): NonNullable<Report['fund_flow']> {
  if (!('missing' in flow)) return flow;
  const { missing, fault, message = '' } = flow;
  return { missing, message: fault ? words.reconciliation.fault(fault) : message };
}

export function presentedAcknowledged(
  { acknowledgements, finding, ...told }: KeptAcknowledged,
  words: Words,
): Answer<typeof AcknowledgedFinding> {
  return {
    ...told,
    finding: presentedFinding(finding, words),
    acknowledgements: acknowledgements.map(presentedAcknowledgement),
  };
}

export function presentedAcknowledgement({
  at,
  ...told
}: KeptAcknowledgement): Answer<typeof Acknowledgement> {
  return { ...told, at: inBeijing(at) };
}

interface KeptAcknowledged {
  readonly bill_date: string;
  readonly finding: KeptFinding;
  readonly standing: KeptStanding;
  readonly acknowledgements: readonly KeptAcknowledgement[];
}
