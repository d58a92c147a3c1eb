/** Everything that there is to know about one order when the dust has settled. */
import { Client, Connection, type WorkflowExecutionInfo } from '@temporalio/client';
import {
  ControlRefusal,
  type LedgerEntry,
  type ToldNotification,
} from '../../simulator/control.ts';
import { workflowIdOf } from '../../workflows/contract.ts';
import {
  entriesAbout,
  type Book,
  type Deed,
  type Entry,
  type Foreign,
  type Sighting,
} from './book.ts';
import { opened, TEST_CONVERTER } from '../support/codec.ts';
import type { Caller } from './caller.ts';
import { grouped } from './grouped.ts';
import { factsOf, type RunFacts } from './history.ts';
import type { World } from './world.ts';

const READS = 5;

export interface Evidence {
  readonly out_order_no: string;
  readonly story: string;
  /** WeChat Pay's order and ledger; undefined where it knows none. */
  readonly wechat: { readonly order: any; readonly ledger: readonly LedgerEntry[] } | undefined;
  readonly notifications: readonly ToldNotification[];
  /** The API's answer to GET. */
  readonly read: { readonly status: number | undefined; readonly body?: any };
  /** The earliest first. */
  readonly runs: readonly RunFacts[];
  readonly entries: readonly Entry[];
  readonly sightings: readonly Sighting[];
  /** What others did about the whole rental. */
  readonly deeds: readonly Deed[];
  /** Created by another system of the merchant. */
  readonly foreign: Foreign | 'no';
  readonly breakdown: string | undefined;
}

export type Witness = Awaited<ReturnType<typeof createWitness>>;

export async function createWitness(world: World, caller: Caller) {
  const connection = await Connection.connect({ address: world.temporalAddress });
  const client = new Client({ connection, dataConverter: TEST_CONVERTER });
  const notifications = grouped(await world.wechat.notifications(), (it) => it.out_order_no);
  const executions = new Map<string, WorkflowExecutionInfo[]>();
  for await (const info of client.workflow.list({ query: "WorkflowType = 'serviceOrder'" })) {
    executions.set(info.workflowId, [...(executions.get(info.workflowId) ?? []), info]);
  }

  async function runOf({ workflowId, runId }: WorkflowExecutionInfo): Promise<RunFacts> {
    const handle = client.workflow.getHandle(workflowId, runId);
    const { status, raw, searchAttributes, startTime, closeTime } = await handle.describe();
    const { events } = await handle.fetchHistory();
    return {
      runId,
      status: status.name,
      startedAt: startTime.getTime(),
      closedAt: closeTime?.getTime() ?? Infinity,
      activities: (raw.pendingActivities ?? []).map((it) => ({
        name: it.activityType?.name ?? '',
        attempt: it.attempt ?? 0,
        lastFailure: it.lastFailure?.message ?? '',
      })),
      searchAttributes,
      ...factsOf(await opened(events ?? [])),
    };
  }

  /** A busy machine may answer 503, and the same later. */
  async function readOf(out_order_no: string) {
    for (let tries = 1; ; tries++) {
      const read = await caller.once({ method: 'GET', path: `/v1/service-orders/${out_order_no}` });
      if (read.status !== 503 || tries === READS) return read;
    }
  }

  return {
    workflowIds: () => [...executions.keys()],
    async evidenceOf(book: Book, out_order_no: string): Promise<Evidence> {
      const infos = executions.get(workflowIdOf(world.merchant.mchid, out_order_no)) ?? [];
      const runs = await Promise.all(infos.map(runOf));
      return {
        out_order_no,
        story: book.path.story,
        wechat: await wechatsOf(world, out_order_no),
        notifications: notifications.get(out_order_no) ?? [],
        read: await readOf(out_order_no),
        // Each begins when the one before it is closed; one that was taken back claims its start.
        runs: runs.toSorted((a, b) => a.closedAt - b.closedAt),
        entries: entriesAbout(book, out_order_no),
        sightings: book.sightings.get(out_order_no) ?? [],
        deeds: book.deeds,
        foreign: book.foreign.get(out_order_no) ?? 'no',
        breakdown: book.breakdown,
      };
    },
    async historyOf(out_order_no: string) {
      const id = workflowIdOf(world.merchant.mchid, out_order_no);
      return await opened(await client.workflow.getHandle(id).fetchHistory());
    },
    /** Of every run that can be replayed: the replay of one that was reset takes it for the run that it was made from. */
    async *histories() {
      for (const { workflowId, runId } of [...executions.values()].flat()) {
        const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
        const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
        if (started?.originalExecutionRunId === runId) yield { workflowId, history };
      }
    },
    end: () => connection.close(),
  };
}

/** In the usual way, however WeChat Pay has told of it before. */
async function wechatsOf({ wechat }: World, out_order_no: string) {
  try {
    return await wechat.setTelling(out_order_no, {});
  } catch (error) {
    if (error instanceof ControlRefusal && error.status === 404) return undefined;
    throw error;
  }
}
