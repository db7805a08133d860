import type { RefusalTable } from './table.ts';

/** Refusals of papers put into a case. */
export const documentRefusals = {
  document_type_not_allowed: {
    'zh-CN': '只接受 PDF、PNG、JPEG 文件（按文件内容识别）。请转换后重新上传。',
    en: 'Only PDF, PNG and JPEG are taken (told by the content of the file). Convert it first.',
  },
  document_too_large: {
    'zh-CN': '文件超过上限（{bytesMax} 字节）。请压缩或拆分后重新上传。',
    en: 'The file is larger than {bytesMax} bytes. Make it smaller or split it.',
  },
  document_without_task: {
    'zh-CN': '您在业务 {caseNumber} 中没有正在办理的任务，不能添加资料。请先认领任务。',
    en: 'You hold no task of case {caseNumber}, so you cannot add papers. Claim the task first.',
  },
  documents_too_many: {
    'zh-CN': '本业务的资料已达上限（{documentsMax} 份）。',
    en: 'This case has as many papers as it may have ({documentsMax}).',
  },
  document_content_not_valid: {
    'zh-CN': '文件内容须为 Base64 编码且不能为空。',
    en: 'The content of the file must be Base64 and not empty.',
  },
  paper_not_written: {
    'zh-CN': '业务 {caseNumber} 的该凭据尚无内容，不能打印。请在相应环节办理后再打印。',
    en: 'There is nothing on this paper of case {caseNumber} yet. Print it once its step is done.',
  },
} as const satisfies RefusalTable;
