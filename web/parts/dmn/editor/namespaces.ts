/** What the editor reads: DMN 1.3. What came later was only added, never taken away. */
const editable = 'https://www.omg.org/spec/DMN/20191111/';
const later = /https:\/\/www\.omg\.org\/spec\/DMN\/(20211108|20230324)\//g;

/** Boxed expressions of DMN 1.4 and 1.5, which the editor would drop without a word. */
const laterBoxes = /<(?:[\w.-]+:)?(conditional|filter|for|every|some|typeConstraint)[\s>/]/;

/** A file as the editor reads it, and how to give it its own namespaces back. */
export type Editable = { readonly xml: string; readonly restored: (edited: string) => string };

/**
 * Makes a file of DMN 1.3 to 1.5 readable for the editor; null: it holds what the editor does not
 * know, so it is changed as text.
 */
export function forEditor(xml: string): Editable | null {
  if (laterBoxes.test(xml)) return null;
  const [found] = xml.match(later) ?? [];
  if (found === undefined) {
    return xml.includes(editable) ? { xml, restored: (edited) => edited } : null;
  }
  return {
    xml: xml.replace(later, editable),
    restored: (edited) => edited.replaceAll(editable, found),
  };
}
