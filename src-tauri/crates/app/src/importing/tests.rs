//! Which code was meant when one is not known.

use super::codes::nearest;

#[test]
fn the_code_that_was_meant_is_near() {
    let known: Vec<String> = ["SK001", "SK010", "洁面乳50", "P1"].map(str::to_owned).into();
    let near = |code| nearest(code, known.iter());
    assert_eq!(near("SK0O1"), Some("SK001"));
    assert_eq!(near("sk010"), Some("SK010"));
    assert_eq!(near("洁面乳5"), Some("洁面乳50"));
    assert_eq!(near("XY77"), None);
    assert_eq!(near("P"), Some("P1"));
    assert_eq!(near(""), None);
}
