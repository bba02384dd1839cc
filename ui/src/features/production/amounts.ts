/** Decimal texts of an order while it is typed. The core works out the amounts that count. */

/** The sum of amounts with two decimals. */
export const sum = (amounts: string[]): string => {
  const cents = amounts.reduce((total, amount) => total + BigInt(amount.replace(".", "")), 0n);
  const text = cents.toString().padStart(3, "0");
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
};
