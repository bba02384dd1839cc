/** A screen that breaks must not take the window with it: the error is shown in its place. */
import { Component, type ReactNode } from "react";
import type { AppError } from "../contract";
import { asAppError } from "../host";
import { ErrorView } from "../kit/ErrorView";

export class ScreenGuard extends Component<{ children: ReactNode }, { error: AppError | null }> {
  override state: { error: AppError | null } = { error: null };

  static getDerivedStateFromError(reason: unknown): { error: AppError } {
    return { error: asAppError(reason) };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="screen-error">
        <ErrorView error={this.state.error} onRetry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
