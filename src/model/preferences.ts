/** What a member set for himself: it follows him to every browser. */
export const DENSITIES = ['compact', 'regular', 'roomy'] as const;
export type Density = (typeof DENSITIES)[number];
export const PAGE_SIZES = [20, 50, 100, 200] as const;

/** A table's columns in the order they are wanted; one that is not named stands where the page puts it. */
export interface TableLook {
  readonly columns: readonly { readonly name: string; readonly hidden?: boolean; readonly width?: number }[];
}

export interface Preferences {
  readonly density: Density;
  readonly shortcuts: boolean;
  readonly page_size: number;
  readonly tables: Readonly<Record<string, TableLook>>;
  /** The view with which a page opens. */
  readonly defaults: Readonly<Record<string, string>>;
}

/** What is changed at once; null takes a table's look or a page's view back. */
export interface PreferencesChange extends Partial<Pick<Preferences, 'density' | 'shortcuts' | 'page_size'>> {
  readonly tables?: Readonly<Record<string, TableLook | null>>;
  readonly defaults?: Readonly<Record<string, string | null>>;
}

/** What holds while nothing was set. */
export const PREFERENCES: Preferences = { density: 'regular', shortcuts: true, page_size: 50, tables: {}, defaults: {} };

/** Who sees a saved view beside its owner: nobody, the unit, everybody within scope. */
export const AUDIENCES = ['private', 'team', 'public'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** A page with its filters, kept under a name. */
export interface SavedView {
  readonly id: string;
  readonly page: string;
  readonly name: string;
  readonly query: string;
  readonly audience: Audience;
  readonly owner: { readonly id: string; readonly name: string };
  readonly mine: boolean;
  readonly version: number;
}
