export { breakNext, editAnswer } from './answer.ts';
export { editCall } from './call-form.ts';
export { copyCurl } from './curl.ts';
export { openEditor } from './editor.ts';
export { chooseFlow } from './flows.ts';
export { help } from './help.ts';
export { palette } from './palette.ts';
export { save } from './save.ts';
