/** Where a report comes from: what an auditor asks of it first. */

/** Who had a day reconciled. */
export type Requester =
  | { readonly code: 'schedule' }
  /** By the API; without a key where everybody of the machine is let in. */
  | { readonly code: 'api'; readonly key?: string };

/** Of a report, when it is made. */
export interface Provenance {
  /** Absent where a person started it in Temporal. */
  readonly requested_by?: Requester;
  /** Of this program. */
  readonly program: string;
  /** Of the bill; absent where the day had none. */
  readonly download?: BillDownload;
}

export interface BillDownload {
  /** RFC 3339. */
  readonly at: string;
  /** Of the file as WeChat Pay sent it, unzipped. */
  readonly bytes: number;
}

/** Of a report that is kept: with what its files are, and what came before it. */
export interface Made extends Provenance {
  /** From 1; a report of before there were versions is 0. */
  readonly version: number;
  /** RFC 3339. */
  readonly at: string;
  readonly files: {
    readonly findings: FileFacts;
    /** Which row is of which order, before it is compressed. */
    readonly matches: FileFacts;
    readonly waivers: FileFacts;
  };
  /** The report of the same day before this one. */
  readonly predecessor?: { readonly version: number; readonly sha256: string };
}

export interface FileFacts {
  readonly sha256: string;
  readonly bytes: number;
}
