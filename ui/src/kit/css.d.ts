import "react";

declare module "react" {
  interface CSSProperties {
    // The grid hands its column template to its rows.
    "--columns"?: string;
    "--width"?: string;
  }
}
