import enModule from 'antd/es/locale/en_US.js';
import zhModule from 'antd/es/locale/zh_CN.js';

/**
 * antd's own texts. Its packages name a default that the type checker, following Node's rules, sees
 * one level too high; the built modules hold it where it belongs.
 */
type Wrapped = typeof zhModule extends { default: infer Locale } ? Locale : typeof zhModule;

export const zhCn = zhModule as unknown as Wrapped;
export const enUs = enModule as unknown as Wrapped;
