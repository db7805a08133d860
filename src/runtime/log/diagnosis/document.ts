/** Languages a report can be written in. */
export type ReportLanguage = 'zh-CN' | 'en';

/** What stands in a cell; `value`: the number behind it; `list`: the cases it counts. */
export type ReportCell = {
  readonly text: string;
  readonly value?: number;
  readonly list?: number;
};

export type ReportBlock =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly title: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly ReportCell[])[];
    };

export type ReportChapter = { readonly title: string; readonly blocks: readonly ReportBlock[] };

/** The cases behind a figure, the longest first; not more than `listedMost` are named. */
export type CaseList = {
  readonly what: string;
  readonly total: number;
  readonly cases: readonly { readonly name: string; readonly seconds: number }[];
};

export type ReportDocument = {
  readonly language: ReportLanguage;
  readonly title: string;
  readonly facts: string;
  readonly chapters: readonly ReportChapter[];
  readonly lists: readonly CaseList[];
};

/** Cases named behind one figure. */
export const listedMost = 50;

/** Says a thing in the language of the report. */
export type Say = (zh: string, en: string) => string;
