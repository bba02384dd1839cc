/**
 * Where typing begins in a dialog: at the field marked `data-first`, else at its first field, and
 * where nothing is typed at its button; never at its closing cross.
 */

/** Whether somebody was quicker than the dialog and stands in one of its fields already. */
const isBusyTyping = (dialog: Element): boolean =>
  dialog.contains(document.activeElement) &&
  document.activeElement?.matches("input, textarea") === true;

/** From the most to the least wanted; what is only ticked is no field to type in. */
const WANTED = [
  "input[data-first], textarea[data-first], [data-first] input, button[data-first]",
  ".ant-modal-body input:not([type=radio], [type=checkbox], [type=hidden], [disabled]), .ant-modal-body textarea:not([disabled])",
  ".ant-modal-footer .ant-btn-primary:not([disabled])",
  ".ant-modal-footer button:not([disabled])",
];

/** For a dialog's `afterOpenChange`, which comes when it has stopped moving. */
export const focusFirst = (open: boolean): void => {
  // Of dialogs over one another the last is the one that has just opened.
  const dialog = [...document.querySelectorAll(".ant-modal")].at(-1);
  if (!open || dialog === undefined || isBusyTyping(dialog)) return;
  const found = WANTED.map((one) => dialog.querySelector<HTMLElement>(one));
  const field = found.find((one) => one !== null);
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
};
