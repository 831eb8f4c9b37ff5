// A view as data: whoever has something to show to analysts declares one, and `build.ts` makes it.

export interface View {
  /** Unique in the schema of the views. */
  readonly name: string;
  /** What stays when the name changes; stands at the end of its comment. Without it the name stays. */
  readonly identity?: string;
  /** What an analyst should know of it. */
  readonly comment: string;
  readonly columns: readonly ViewColumn[];
  /** What follows `from`: tables with their schemas, and conditions. */
  readonly from: string;
}

export interface ViewColumn {
  readonly name: string;
  /** As that of the view, within it. */
  readonly identity?: string;
  readonly comment: string;
  /** An SQL expression over what `from` names. */
  readonly value: string;
}
