//! Who runs a channel, where its operator has provisions of its own.
//!
//! Knows the operators whose bans [`crate::check()`] holds rules against, and the names people
//! write for them. Refuses to guess: of any other channel it says that no provision is for it.

/// The operator that bans any pay on a downline's sales for good.
pub(super) const WECHAT: &str = "wechat";

/// The operators with provisions of their own, each with what its name is known by.
pub const OPERATORS: &[(&str, &[&str])] = &[(WECHAT, &["wechat", "weixin", "微信"])];

/// The operator of a channel, by the channel's name however it is written: case, blanks and signs
/// do not count, and the name may be part of a longer one (`WeChat mini-program`, `微信小程序`).
///
/// `None` says that no provision here is for this channel by itself.
pub fn operator(channel: &str) -> Option<&'static str> {
    let letters: String = channel
        .chars()
        .filter(|each| each.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let known = |names: &[&str]| names.iter().any(|name| letters.contains(name));
    OPERATORS.iter().find(|(_, names)| known(names)).map(|(operator, _)| *operator)
}
