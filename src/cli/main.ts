/** The `huiliu` command: finds the command's file, reads its options, and gives its exit code. */
import { parseArgs } from 'node:util';
import type { Call, Command, ExitCode } from './command.ts';
import { commands } from './commands/index.ts';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // Whoever read the answer (head, less) has seen enough.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});
process.exitCode = await main(process.argv.slice(2));

async function main(values: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = values;
  if (name === undefined || name === '--help' || name === 'help') {
    process.stdout.write(overview());
    return name === undefined ? 2 : 0;
  }
  const entry = commands.find((each) => each.name === name);
  if (entry === undefined) {
    process.stderr.write(`There is no command ${name}.\n\n${overview()}`);
    return 2;
  }
  const command = await entry.load();
  const call = readCall(command, rest);
  if (typeof call === 'string') {
    process.stderr.write(`${call}\n\n${command.usage}\n`);
    return 2;
  }
  if (call.options.help === true) {
    process.stdout.write(`${command.usage}\n`);
    return 0;
  }
  return await command.run(call);
}

/** The call, or a sentence that says what is wrong with it. */
function readCall(command: Command, values: string[]): Call | string {
  try {
    const { values: options, positionals: words } = parseArgs({
      args: values,
      options: {
        ...command.options,
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    });
    const { min, max } = command.words;
    if (options.help !== true && (words.length < min || words.length > max)) {
      return min === max ? `It takes ${min} word(s).` : `It takes ${min} to ${max} words.`;
    }
    return {
      words,
      options,
      json: options.json === true,
      environment: process.env,
      folder: process.cwd(),
      print: (line) => process.stdout.write(`${line}\n`),
      tell: (line) => process.stderr.write(`${line}\n`),
    };
  } catch (error) {
    if (error instanceof TypeError) return error.message; // parseArgs explains itself.
    throw error;
  }
}

function overview(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'huiliu: a bank runs its processes, keeps its money and improves itself on one system.',
    '',
    'Usage: npm run huiliu -- COMMAND [OPTION …]',
    '',
    ...lines,
    '',
    'Each command has --help and --json. Exit code: 0 done, 1 refused or failed, 2 wrong usage.',
    '',
  ].join('\n');
}
