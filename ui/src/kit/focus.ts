/** Where typing begins in a dialog: at the field marked `data-first`, not at its closing cross. */

/** Whether somebody was quicker than the dialog and stands in one of its fields already. */
const isBusyTyping = (): boolean =>
  document.activeElement instanceof HTMLElement &&
  document.activeElement.matches(".ant-modal input, .ant-modal textarea");

/** For a dialog's `afterOpenChange`, which comes when it has stopped moving. */
export const focusFirst = (open: boolean): void => {
  if (!open || isBusyTyping()) return;
  const field = document.querySelector<HTMLInputElement>(
    ".ant-modal input[data-first], .ant-modal [data-first] input, .ant-modal button[data-first]",
  );
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
};
