import type { RefusalTable } from './table.ts';

/** Refusals of reading and analysing event logs. Lines and bytes are counted from 1. */
export const insightRefusals = {
  insight_without_cases: {
    'zh-CN': '在您的数据范围内，此流程还没有已办理的案件。',
    en: 'Within your data scope this process has no case yet in which work was done.',
  },
  insight_busy: {
    'zh-CN': '正在等待的分析已满，请稍后再试。',
    en: 'As many analyses as may wait are waiting; try again in a moment.',
  },
  insight_took_too_long: {
    'zh-CN': '此分析超过 {seconds} 秒仍未完成，已停止。请缩短期间或增加筛选条件。',
    en: 'This analysis was stopped after {seconds} s. Shorten the period or add a filter.',
  },
  insight_out_of_memory: {
    'zh-CN': '此分析所需内存超过 {mib} MiB，已停止。请缩短期间或增加筛选条件。',
    en: 'This analysis needed more than {mib} MiB of memory. Shorten the period or add a filter.',
  },
  insight_stopped: {
    'zh-CN': '服务正在停止，分析未完成。',
    en: 'The server is stopping; the analysis was not finished.',
  },
  insight_log_too_large: {
    'zh-CN': '日志有 {events} 个事件，此处最多分析 {most} 个。请用命令 huiliu analyze。',
    en: 'The log has {events} events, at most {most} are analysed here. Use huiliu analyze.',
  },
  log_looked_at: {
    'zh-CN': '文件开头已读完。',
    en: 'The beginning of the file has been read.',
  },
  insight_upload_too_large: {
    'zh-CN': '文件超过 {limit} 字节。更大的日志请用命令 huiliu analyze。',
    en: 'The file is larger than {limit} bytes. For larger logs use huiliu analyze.',
  },
  insight_log_unknown: {
    'zh-CN': '没有这个导入的日志，或不在您的数据范围内。',
    en: 'There is no such imported log, or it lies outside your data scope.',
  },
  insight_log_not_yours: {
    'zh-CN': '只有导入者可以删除日志。',
    en: 'Only who imported a log may delete it.',
  },
  insight_no_ended_case: {
    'zh-CN': '筛选后没有已办结的案件，无法与模型比对。',
    en: 'No ended case is left to hold against a model.',
  },
  insight_outcome_not_read: {
    'zh-CN': '要解释的结果“{outcome}”无法识别。',
    en: 'The outcome "{outcome}" cannot be read.',
  },
  insight_filter_not_read: {
    'zh-CN': '筛选条件“{filter}”无法识别。',
    en: 'The filter "{filter}" cannot be read.',
  },
  rules_not_read: {
    'zh-CN': '规则文件在 {place} 处无法识别。请参照 huiliu rules --help 的格式。',
    en: 'The file of rules cannot be read at {place}. huiliu rules --help shows its form.',
  },
  log_empty: {
    'zh-CN': '文件为空，没有可读取的内容。',
    en: 'The file is empty: there is nothing to read.',
  },
  log_without_events: {
    'zh-CN': '文件格式正确，但其中没有任何事件。',
    en: 'The file is well formed but holds no event.',
  },
  log_without_completions: {
    'zh-CN':
      '日志中没有已完成（complete）的事件，无法形成活动实例。请加 --lifecycle all，按每个事件分析。',
    en: 'No event of this log is a completion, so there are no activity instances. Add --lifecycle all to take each event as it stands.',
  },
  log_format_unknown: {
    'zh-CN':
      '文件看起来是 {looks}，不是可读取的事件日志。请先导出为 XES、CSV（可用 gzip 压缩）、xlsx、Parquet 或 OCEL 2.0。',
    en: 'The file looks like {looks}, which is not read. Export it as XES or CSV (gzip is fine), xlsx, Parquet or OCEL 2.0 first.',
  },
  log_file_too_large: {
    'zh-CN': '文件有 {found} 字节，超过这种格式 {limit} 字节的上限。请导出为 XES 或 CSV。',
    en: 'The file has {found} bytes; files of this form may have {limit}. Export it as XES or CSV.',
  },
  log_zip_damaged: {
    'zh-CN': '压缩包已损坏或采用了不支持的方式（{what}）。请重新导出或传输。',
    en: 'The archive is damaged or packed in a way that is not read ({what}). Export or transfer it again.',
  },
  log_zip_bomb: {
    'zh-CN': '压缩包声称的内容与其大小不相称（{what}：{found}），疑似压缩炸弹，未予解压。',
    en: 'What the archive says it holds does not fit its size ({what}: {found}): it looks like a bomb and was not unpacked.',
  },
  log_xlsx_damaged: {
    'zh-CN': '工作簿不完整：缺少 {what}。请重新另存为 xlsx。',
    en: 'The workbook is not whole: {what} is missing. Save it as xlsx again.',
  },
  log_xlsx_sheet: {
    'zh-CN': '工作簿中没有工作表 {sheet}。已有工作表：{sheets}。',
    en: 'The workbook has no sheet {sheet}. Its sheets: {sheets}.',
  },
  log_parquet_damaged: {
    'zh-CN': 'Parquet 文件已损坏或采用了不支持的特性（{reason}）。',
    en: 'The Parquet file is damaged or uses something that is not read ({reason}).',
  },
  log_parquet_bomb: {
    'zh-CN': 'Parquet 文件声称的内容与其大小不相称（{found}），未予解压。',
    en: 'What the Parquet file says it holds does not fit its size ({found}); it was not unpacked.',
  },
  log_ocel_damaged: {
    'zh-CN': '对象中心日志（OCEL 2.0）无法读取：{place}。',
    en: 'The object-centric log (OCEL 2.0) cannot be read: {place}.',
  },
  log_ocel_type: {
    'zh-CN': '请用 --object-type 指明以哪类对象为案件（当前：{wanted}）。可选：{types}。',
    en: 'Say with --object-type which objects are the cases (now: {wanted}). There are: {types}.',
  },
  log_gzip_truncated: {
    'zh-CN': '压缩文件不完整：在压缩数据第 {byte} 字节处中断。请重新传输文件。',
    en: 'The gzip file is cut off after its byte {byte}. Transfer the file again.',
  },
  log_gzip_damaged: {
    'zh-CN': '压缩文件已损坏：压缩数据在第 {byte} 字节之前出错（{reason}）。请重新传输文件。',
    en: 'The gzip file is damaged before its byte {byte} ({reason}). Transfer the file again.',
  },
  log_not_utf8: {
    'zh-CN':
      '第 {line} 行、第 {byte} 字节不是 UTF-8 编码（疑似：{looks}）。请转为 UTF-8，或用 --encoding 指明编码，例如 --encoding gb18030。',
    en: 'Line {line}, byte {byte} is not UTF-8 (looks like: {looks}). Convert the file to UTF-8 or name its encoding, for example --encoding gb18030.',
  },
  log_encoding_not_utf8: {
    'zh-CN':
      '文件编码是 {encoding}（见第 {line} 行、第 {byte} 字节），不是 UTF-8。请转为 UTF-8，或用 --encoding 指明编码。',
    en: 'The file is in {encoding} (line {line}, byte {byte}), not in UTF-8. Convert it to UTF-8 or name its encoding with --encoding.',
  },
  log_encoding_declared: {
    'zh-CN':
      '第 {line} 行、第 {byte} 字节声明的编码是 {encoding}，不是 UTF-8。请转为 UTF-8，或用 --encoding 指明编码。',
    en: 'Line {line}, byte {byte} declares the encoding {encoding}, not UTF-8. Convert the file to UTF-8 or name its encoding with --encoding.',
  },
  log_encoding_wrong: {
    'zh-CN': '按 {encoding} 解码失败：第 {byte} 字节之前有不属于该编码的内容。',
    en: 'The file cannot be decoded as {encoding}: something before its byte {byte} does not belong to that encoding.',
  },
  log_xml_doctype: {
    'zh-CN':
      '第 {line} 行、第 {byte} 字节有文档类型声明（DOCTYPE）。出于安全考虑，不读取带 DTD 的文件。',
    en: 'Line {line}, byte {byte} holds a document type (DOCTYPE). For safety, files with a DTD are not read.',
  },
  log_xml_entity: {
    'zh-CN':
      '第 {line} 行、第 {byte} 字节起使用了自定义实体。只允许 XML 的五个预定义实体和字符编号。',
    en: 'An entity of its own is used from line {line}, byte {byte} on. Only the five predefined entities of XML and character numbers are allowed.',
  },
  log_xml_malformed: {
    'zh-CN': '第 {line} 行、第 {byte} 字节起不是格式良好的 XML。',
    en: 'From line {line}, byte {byte} on, this is not well-formed XML.',
  },
  log_xml_truncated: {
    'zh-CN': '文件在第 {line} 行、第 {byte} 字节处中断，XML 没有结束。',
    en: 'The file is cut off at line {line}, byte {byte}: the XML does not end.',
  },
  log_xml_too_long: {
    'zh-CN': '第 {line} 行、第 {byte} 字节起，一个标签或一段文字超过 {limit} 字节的上限。',
    en: 'From line {line}, byte {byte} on, one tag or text is longer than the limit of {limit} bytes.',
  },
  log_xml_too_deep: {
    'zh-CN': '第 {line} 行、第 {byte} 字节处，元素嵌套超过 {limit} 层的上限。',
    en: 'At line {line}, byte {byte}, elements are nested deeper than the limit of {limit}.',
  },
  log_xml_too_many_attributes: {
    'zh-CN': '第 {line} 行、第 {byte} 字节处，属性或元素名称的种类超过 {limit} 个的上限。',
    en: 'At line {line}, byte {byte}, there are more attributes or element names than the limit of {limit}.',
  },
  log_xes_root: {
    'zh-CN': '第 {line} 行、第 {byte} 字节：这份 XML 的根元素不是 <log>，不是 XES 事件日志。',
    en: 'Line {line}, byte {byte}: the root of this XML is not <log>, so it is no XES event log.',
  },
  log_xes_structure: {
    'zh-CN': '第 {line} 行、第 {byte} 字节：<{element}> 出现在 XES 标准不允许的位置。',
    en: 'Line {line}, byte {byte}: <{element}> stands where the XES standard does not allow it.',
  },
  log_event_without_activity: {
    'zh-CN': '第 {line} 行、第 {byte} 字节之前的事件没有活动名称（concept:name）。',
    en: 'The event that ends at line {line}, byte {byte} has no activity (concept:name).',
  },
  log_event_without_time: {
    'zh-CN': '第 {line} 行、第 {byte} 字节之前的事件没有时间（time:timestamp）。',
    en: 'The event that ends at line {line}, byte {byte} has no time (time:timestamp).',
  },
  log_time_unreadable: {
    'zh-CN':
      '第 {line} 行（第 {byte} 字节起）“{column}”中的时间无法读取。请检查该值，或用 --time-format 指明格式。',
    en: 'The time in “{column}” at line {line} (from byte {byte}) cannot be read. Check the value or name the format with --time-format.',
  },
  log_time_mixed: {
    'zh-CN': '到第 {line} 行（第 {byte} 字节起）为止，“{column}”中日、月的先后顺序不一致。',
    en: 'Up to line {line} (from byte {byte}), “{column}” mixes day-first and month-first dates.',
  },
  log_time_ambiguous: {
    'zh-CN':
      '“{column}”中的日期既可读作“日/月/年”，也可读作“月/日/年”。请加 --time-format dmy 或 --time-format mdy。',
    en: 'The dates in “{column}” can be read day first or month first. Add --time-format dmy or --time-format mdy.',
  },
  log_amount_unreadable: {
    'zh-CN':
      '第 {line} 行、第 {byte} 字节处的事件：金额无法读取。XES 中须为最小货币单位的整数，表格中按币种的小数位书写（如 1234.50），并须带 ISO 4217 币种。',
    en: 'The event at line {line}, byte {byte}: its amount cannot be read. In XES it is a whole number of minor units, in a table it is written with the decimals of its currency (1234.50), and it comes with a currency of ISO 4217.',
  },
  log_csv_column_missing: {
    'zh-CN':
      '表头中找不到作为“{role}”的列（第 {line} 行）。现有的列：{columns}。请用 --{role} 列名 指明。',
    en: 'No column of the header (line {line}) can serve as {role}. Columns: {columns}. Name one with --{role} COLUMN.',
  },
  log_csv_column_unknown: {
    'zh-CN': '表头中没有名为“{column}”的列（第 {line} 行）。现有的列：{columns}。',
    en: 'The header (line {line}) has no column “{column}”. Columns: {columns}.',
  },
  log_csv_column_twice: {
    'zh-CN': '列“{column}”重复出现，或被用于两个用途（第 {line} 行）。',
    en: 'The column “{column}” stands twice in the header, or serves two purposes (line {line}).',
  },
  log_csv_field_count: {
    'zh-CN': '第 {line} 行有 {found} 个字段，而表头有 {expected} 个。',
    en: 'Line {line} has {found} fields; the header has {expected}.',
  },
  log_csv_empty: {
    'zh-CN': '第 {line} 行的“{column}”为空。',
    en: 'Line {line} has nothing in “{column}”.',
  },
  log_csv_quote: {
    'zh-CN': '第 {line} 行：结束引号之后还有内容，引号使用有误。',
    en: 'Line {line}: something follows a closing quote, so the quotes are wrong.',
  },
  log_csv_quote_open: {
    'zh-CN': '从第 {line} 行开始的引号直到文件结束都没有关闭。',
    en: 'A quote opened on line {line} is never closed.',
  },
  log_csv_binary: {
    'zh-CN': '第 {line} 行含有空字节，不是文本文件。',
    en: 'Line {line} holds a zero byte: this is no text file.',
  },
  log_csv_line_too_long: {
    'zh-CN': '第 {line} 行超过 {limit} 字节的上限。',
    en: 'Line {line} is longer than the limit of {limit} bytes.',
  },
  log_csv_too_many_fields: {
    'zh-CN': '第 {line} 行的字段超过 {limit} 个的上限。',
    en: 'Line {line} has more fields than the limit of {limit}.',
  },
  log_name_too_long: {
    'zh-CN':
      '第 {line} 行、第 {byte} 字节起：案件、活动或操作员的名称超过 {limit} 字节的上限。请检查是否选错了列。',
    en: 'From line {line}, byte {byte} on: a name of a case, an activity or a resource is longer than the limit of {limit} bytes. Is the right column named?',
  },
  log_too_many_events: {
    'zh-CN': '到第 {line} 行为止，事件超过 {limit} 个的上限。请分段分析。',
    en: 'Up to line {line} there are more events than the limit of {limit}. Analyse the log in parts.',
  },
  log_too_many_activities: {
    'zh-CN': '到第 {line} 行为止，不同活动超过 {limit} 个的上限。请检查是否选错了活动列。',
    en: 'Up to line {line} there are more different activities than the limit of {limit}. Is the right column named as the activity?',
  },
  filter_activity_unknown: {
    'zh-CN': '日志中没有名为“{activity}”的活动，无法据此筛选。',
    en: 'The log has no activity “{activity}” to filter by.',
  },
  log_snapshot_damaged: {
    'zh-CN': '事件日志快照已损坏或版本不同，将重新读取。',
    en: 'The snapshot of the event log is damaged or of another version; everything is read again.',
  },
  filter_attribute_unknown: {
    'zh-CN': '日志中没有属性 {attribute}。已有：{attributes}。',
    en: 'The log has no attribute {attribute}. It has: {attributes}.',
  },
  filter_resource_unknown: {
    'zh-CN': '日志中没有办理人 {resource}。',
    en: 'Nobody called {resource} is in the log.',
  },
  filter_leaves_nothing: {
    'zh-CN': '筛选（{filter}）之后没有剩下任何案件。',
    en: 'The filter ({filter}) leaves no case.',
  },
  discovery_too_many_activities: {
    'zh-CN': '不同活动超过 {limit} 种，无法画成可读的模型。请检查是否选错了活动列，或先筛选日志。',
    en: 'There are more than {limit} different activities: no model of them could be read. Is the right column named as the activity?',
  },
  net_not_read: {
    'zh-CN': '模型无法读取：{what}。请提供 BPMN 2.0，或带初始标识和终止标识的 PNML。',
    en: 'The model cannot be read: {what}. Give BPMN 2.0, or PNML with an initial and a final marking.',
  },
  net_element_unsupported: {
    'zh-CN': '模型中的 {element}（{type}）暂不能用于比对日志。',
    en: 'A log cannot be aligned with {element} ({type}) of the model.',
  },
  file_not_writable: {
    'zh-CN': '无法写入文件 {file}（{reason}），未留下任何不完整的文件。',
    en: 'The file {file} cannot be written ({reason}); nothing half-written was left.',
  },
  report_folder_taken: {
    'zh-CN': '文件夹 {folder} 已存在，且不是本命令先前生成的报告，未作任何改动。请换一个名称。',
    en: 'The folder {folder} exists and is no earlier report of this command; nothing was changed. Choose another name.',
  },
  report_folder_not_writable: {
    'zh-CN': '无法写入文件夹 {folder}（{reason}），未留下任何不完整的文件。',
    en: 'The folder {folder} cannot be written ({reason}); nothing half-written was left.',
  },
  kpi_inputs_not_read: {
    'zh-CN':
      '指标参数无法读取：{place}。金额写成最小货币单位的数字字符串并注明币种，小时数大于 0。',
    en: 'The inputs of the indicators cannot be read: {place}. Amounts are digits of minor units in a string, with their currency; hours are above 0.',
  },
  kpi_targets_not_read: {
    'zh-CN':
      '指标目标无法读取：{place}。目标值写成字符串中的小数，权重为 1 到 10000 的整数，日期如 2026-12-31。',
    en: 'The targets of the indicators cannot be read: {place}. A target is a decimal in a string, a weight a whole number from 1 to 10000, a date such as 2026-12-31.',
  },
  process_money_not_read: {
    'zh-CN':
      '流程的成本、收入、差错损失无法读取：{place}。金额写成最小货币单位的数字字符串，并注明币种。',
    en: 'The cost, income and error loss of the process cannot be read: {place}. Amounts are digits of minor units in strings, with their currency.',
  },
  kpi_without_value: {
    'zh-CN': '指标 {indicator} 没有数值，不能冻结为基线。',
    en: 'The indicator {indicator} has no value, so there is nothing to freeze.',
  },
  kpi_due_date_past: {
    'zh-CN': '目标日期 {dueDate} 必须在今天之后。',
    en: 'The date of a target lies after today; {dueDate} does not.',
  },
  kpi_baseline_unknown: {
    'zh-CN': '没有这个流程、这项指标的这条基线。',
    en: 'There is no such baseline of this process and indicator.',
  },
  kpi_definition_changed: {
    'zh-CN': '指标 {indicator} 的定义在基线冻结之后改变，不能与该基线相比。请先冻结新的基线。',
    en: 'The definition of {indicator} has changed since the baseline was frozen, so they cannot be compared. Freeze a new baseline first.',
  },
  kpi_change_without_baseline: {
    'zh-CN': '以变化幅度设定目标时，须指明基线。',
    en: 'A target that is a change needs a baseline to change from.',
  },
  kpi_objection_unknown: {
    'zh-CN': '没有这条异议。',
    en: 'There is no such objection.',
  },
  kpi_objection_answered: {
    'zh-CN': '这条异议已有答复，答复不再更改。',
    en: 'The objection has its answer, and answers are not changed.',
  },
  kpi_case_not_in_figure: {
    'zh-CN': '案件 {caseNumber} 不在这项指标的样本中。',
    en: 'The case {caseNumber} is not in the sample of this figure.',
  },
  kpi_before_without_cases: {
    'zh-CN': '前后两段样本没有可比的案件：没有一个分层同时出现在两段中。',
    en: 'The earlier and the later sample have nothing to compare: no stratum is in both.',
  },
  outcome_names_no_activity: {
    'zh-CN': '日志中没有名为“{activity}”的活动。',
    en: 'The log has no activity named {activity}.',
  },
  outcome_names_no_attribute: {
    'zh-CN': '日志中没有名为“{name}”的属性。',
    en: 'The log has no attribute named {name}.',
  },
  outcome_has_no_contrast: {
    'zh-CN': '{cases} 个案件中有 {with} 个属于该结果，没有可对比的案件。',
    en: 'Of {cases} cases {with} have this outcome, so there is nothing to compare.',
  },
} as const satisfies RefusalTable;
