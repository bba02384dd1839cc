//! Killed at any moment, the file holds every entry that was acknowledged and no part of another
//! (D-33), and the next process may write at once.
//!
//! A kill leaves the system's caches standing, so this proves transactions, not the disk.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use domain::{Body, Entry, Fact, MoveKind, place::Builtin};
use store::{Error, Opened, Workspace};

use crate::{
    story,
    support::{assert_clean, entry, good, id, lot, move_of, post, workspace},
};

const PATH: &str = "PINCANG_TEST_CHILD";
const TASK: &str = "PINCANG_TEST_TASK";
const KILLS: u64 = 60;

/// Runs this very program as another process that does `task` to the file.
pub(crate) fn child(path: &Path, task: &str) -> (Child, BufReader<ChildStdout>) {
    let program = std::env::current_exe().expect("this program");
    let mut child = Command::new(program)
        .args(["--exact", "crash::in_the_child", "--nocapture", "--test-threads=1"])
        .env(PATH, path)
        .env(TASK, task)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a process");
    let output = BufReader::new(child.stdout.take().expect("piped"));
    (child, output)
}

/// The next line that the child says to us; the test harness prints lines of its own.
pub(crate) fn said(output: &mut BufReader<ChildStdout>) -> Option<String> {
    let mut line = String::new();
    while output.read_line(&mut line).is_ok_and(|bytes| bytes > 0) {
        if let Some(word) = line.trim_end().strip_prefix("child: ") {
            return Some(word.to_owned());
        }
        line.clear();
    }
    None
}

fn say(word: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nchild: {word}").and_then(|()| out.flush()).expect("the parent listens");
}

/// What the other process does; in this one there is nothing to do.
#[test]
fn in_the_child() {
    let (Ok(path), Ok(task)) = (std::env::var(PATH), std::env::var(TASK)) else { return };
    let workspace = Workspace::open(Path::new(&path), Opened::ToWrite).expect("opened");
    if task == "hold" {
        say("held");
        std::io::stdin().lines().for_each(drop);
        return;
    }
    let done = workspace.read(|reader| reader.entry_count()).expect("read");
    for n in u128::try_from(done).expect("a count").. {
        post(&workspace, &opened(n));
        say(&n.to_string());
    }
}

fn opened(n: u128) -> Entry {
    let lots: Vec<_> = (0..5).map(|at| lot(0x10_0000 + n * 8 + at, story::SKU)).collect();
    let (from, to) = (good(Builtin::Opening.id()), good(id(story::W0)));
    let moves = (0..5).map(|at| move_of(MoveKind::Opening, 0x10_0000 + n * 8 + at, 7, from, to));
    let moves = moves.collect();
    let fact = Fact::StockOpened { place: id(story::W0) };
    entry(0x1_0000 + n, story::on(), Body { lots, moves, ..Body::of(fact) })
}

#[test]
fn killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_torn() {
    let (_folder, workspace) = workspace();
    for one in story::entries(0x1000).into_iter().take(7) {
        post(&workspace, &one);
    }
    let path = workspace.path().to_owned();
    drop(workspace);
    let mut acknowledged = 6;
    for kill in 0..KILLS {
        let (mut child, mut output) = child(&path, "post");
        // Some are killed while they open, some while they post.
        for _ in 0..kill % 7 {
            let n = said(&mut output).expect("the child posts").parse().expect("a number");
            acknowledged = u128::max(acknowledged, n);
        }
        // The moment within an entry: as long as so many rounds take.
        let mut rounds = (kill * 7_919) % 400_000;
        while std::hint::black_box(rounds) > 0 {
            rounds -= 1;
        }
        child.kill().expect("killed");
        child.wait().expect("gone");
        while let Some(word) = said(&mut output) {
            acknowledged = acknowledged.max(word.parse().expect("a number"));
        }
        let again =
            Workspace::open(&path, Opened::ToWrite).expect("the lock fell with the process");
        let (count, last) = again
            .read(|reader| {
                let count = reader.entry_count()?;
                Ok::<_, Error>((count, reader.entry(opened(acknowledged).id)?.is_some()))
            })
            .expect("read");
        assert!(acknowledged < 7 || last, "entry {acknowledged} was acknowledged");
        assert!(u128::try_from(count).expect("a count") > acknowledged);
        let stock = again.read(|reader| reader.stock_now()).expect("read");
        let here: i64 = stock.iter().filter(|row| row.qty > 0).map(|row| row.qty).sum();
        assert_eq!(here, (count - 7) * 35, "whole entries only");
    }
    let again = Workspace::open(&path, Opened::ToWrite).expect("opened");
    assert!(acknowledged > 60, "the children came to post");
    assert_clean(&again);
}

#[test]
fn a_panic_in_a_transaction_leaves_nothing_and_voids_its_keys() {
    let (_folder, workspace) = workspace();
    for one in story::entries(0x1000).into_iter().take(7) {
        post(&workspace, &one);
    }
    let torn = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        workspace.write::<(), Error>(crate::support::stamp(), |writer| {
            writer.post(&opened(1))?;
            panic!("a defect")
        })
    }));
    assert!(torn.is_err());
    // Were the keys of the lost lots remembered, these would get rows that no identity has.
    post(&workspace, &opened(2));
    post(&workspace, &opened(1));
    assert_clean(&workspace);
}

#[test]
fn an_entry_that_failed_takes_its_transaction_with_it() {
    let (_folder, workspace) = workspace();
    let story = story::entries(0x1000);
    post(&workspace, &story[0]);
    let passed_over = workspace.write::<_, Error>(crate::support::stamp(), |writer| {
        writer.post(&story[1])?;
        assert!(writer.post(&story[0]).is_err(), "the same id again");
        Ok(())
    });
    assert!(matches!(passed_over, Err(Error::Damaged(_))), "{passed_over:?}");
    assert_eq!(workspace.read(|reader| reader.entry_count()).expect("read"), 1);
    post(&workspace, &story[1]);
    assert_clean(&workspace);
}
