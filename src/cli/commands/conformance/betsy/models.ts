/** What the suite's adapter changes in a model before it is compiled. */

/**
 * betsy's Java expressions in the kernel's language (one has a stray bracket behind it), and a
 * format
 * for its own words in scripts, which the suite's own transformation adds for each engine.
 */
export function inFeel(xml: string): string {
  return xml
    .replaceAll(/test\.contains\((?:&quot;|")(\w+)(?:&quot;|")\)(>\s)?/g, 'contains(test, "$1")')
    .replaceAll(/!(contains\(test, "\w+"\))/g, 'not($1)')
    .replaceAll(/\$\{(\w+)\}/g, '$1')
    .replaceAll(/<(?:\w+:)?scriptTask\b[\s\S]*?<\/(?:\w+:)?scriptTask>/g, withFormat);
}

function withFormat(task: string): string {
  const speaks = /<(?:\w+:)?script>(?:SCRIPT_task\d|[A-Z]+_[A-Z_0-9]+)<\//.test(task);
  if (!speaks || task.includes('scriptFormat')) return task;
  return task.replace('scriptTask', 'scriptTask scriptFormat="text/x-betsy"');
}
