/** What the tag of an image says. */

export interface Tag {
  readonly version: string;
  /** Debian's, where the tag names one. */
  readonly suite: string;
}
