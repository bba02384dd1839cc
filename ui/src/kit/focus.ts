/** Where typing begins in a dialog: at the field marked `data-first`, not at its closing cross. */

/** For a dialog's `afterOpenChange`. */
export const focusFirst = (open: boolean): void => {
  if (!open) return;
  const field = document.querySelector<HTMLInputElement>(
    ".ant-modal input[data-first], .ant-modal [data-first] input, .ant-modal button[data-first]",
  );
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
};
