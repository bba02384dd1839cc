//! Files that the program made in this run, and the `paper:` scheme that shows them in the window.
//!
//! Knows which files may be shown or opened: those whose path stood in the answer of a command that
//! makes files. Refuses every other file, so that a page gone wrong can read nothing of the user's.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tauri::http::{Request, Response, StatusCode, header};

/// The URI scheme, and on Windows the host, under which the window reads PDFs.
pub(crate) const SCHEME: &str = "paper";

/// Kinds of file that a reader shows and nobody runs.
const READABLE: &[&str] = &["pdf", "xlsx", "csv", "json", "zip", "png"];

/// The files made in this run, in the order in which they were first made.
#[derive(Default)]
pub(crate) struct Papers {
    made: Mutex<Vec<PathBuf>>,
}

impl Papers {
    /// Remembers that a command made the file at `path`: from now on it may be shown and opened.
    pub(crate) fn made(&self, path: PathBuf) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        if !made.contains(&path) {
            made.push(path);
        }
    }

    /// The id of a file made in this run that is still there; nothing for any other path, also one
    /// that only leads to such a file.
    pub(crate) fn id_of(&self, path: &Path) -> Option<usize> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        // Compared as text: `Path` takes `a/./b` for `a/b`.
        let id = made.iter().position(|known| known.as_os_str() == path.as_os_str())?;
        (readable(path) && path.is_file()).then_some(id)
    }

    /// Answers a request of the window: the PDF with the id that the path of the URI consists of.
    pub(crate) fn respond(&self, request: &Request<Vec<u8>>, origin: &str) -> Response<Vec<u8>> {
        match self.pdf(request.uri().path()) {
            Some(bytes) => answer(StatusCode::OK, origin, bytes),
            None => answer(StatusCode::NOT_FOUND, origin, Vec::new()),
        }
    }

    fn pdf(&self, uri_path: &str) -> Option<Vec<u8>> {
        let id: usize = uri_path.strip_prefix('/')?.parse().ok()?;
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let path = made.get(id).filter(|path| has_extension(path, "pdf"))?.clone();
        drop(made);
        std::fs::read(path).ok().filter(|bytes| bytes.starts_with(b"%PDF-"))
    }
}

/// The address under which the window reads the PDF `id`.
pub(crate) fn url(id: usize) -> String {
    if cfg!(windows) {
        format!("http://{SCHEME}.localhost/{id}")
    } else {
        format!("{SCHEME}://localhost/{id}")
    }
}

fn answer(status: StatusCode, origin: &str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/pdf"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    if let Ok(origin) = header::HeaderValue::from_str(origin) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    response
}

fn readable(path: &Path) -> bool {
    READABLE.iter().any(|extension| has_extension(path, extension))
}

fn has_extension(path: &Path, wanted: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(wanted))
}

/// `name` as a file name that every system takes: no folders, no reserved characters, not hidden,
/// at most 120 characters.
pub(crate) fn file_name(name: &str) -> String {
    let taken = |character: char| character.is_control() || r#"\/:*?"<>|"#.contains(character);
    let kept: String =
        name.chars().map(|character| if taken(character) { '_' } else { character }).collect();
    let kept = kept.trim_matches([' ', '.']);
    let cut = kept.chars().count().saturating_sub(120);
    // The end holds the extension.
    let kept: String = kept.chars().skip(cut).collect();
    if kept.is_empty() { "paper".to_owned() } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(papers: &Papers, path: &str) -> StatusCode {
        let uri = format!("paper://localhost{path}");
        let request = Request::builder().uri(uri).body(Vec::new()).expect("a request");
        papers.respond(&request, "tauri://localhost").status()
    }

    #[test]
    fn a_paper_made_in_this_run_is_shown_by_its_id_and_nothing_else_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("装箱单 TR-001.pdf");
        let secret = folder.path().join("secret.pdf");
        for file in [&path, &secret] {
            std::fs::write(file, b"%PDF-1.7 ...").expect("writes");
        }
        let papers = Papers::default();
        papers.made(path.clone());
        papers.made(path.clone());

        assert_eq!(papers.id_of(&path), Some(0));
        assert_eq!(papers.id_of(&secret), None);
        assert_eq!(get(&papers, "/0"), StatusCode::OK);
        for path in ["/", "/1", "/../secret.pdf", "/%2e%2e/secret.pdf", "/0/../1", "/-1", "//0"] {
            assert_eq!(get(&papers, path), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn a_path_that_only_leads_to_a_paper_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.pdf");
        std::fs::write(&path, b"%PDF-1.7").expect("writes");
        let papers = Papers::default();
        papers.made(path);
        assert_eq!(papers.id_of(&folder.path().join("./a.pdf")), None);
        assert_eq!(papers.id_of(&folder.path().join("../x/../a.pdf")), None);
    }

    #[test]
    fn a_program_is_never_opened_even_if_a_command_wrote_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("labels.sh");
        std::fs::write(&path, b"#!/bin/sh").expect("writes");
        let papers = Papers::default();
        papers.made(path.clone());
        assert_eq!(papers.id_of(&path), None);
    }

    #[test]
    fn a_file_that_is_no_pdf_is_not_shown_as_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.pdf");
        std::fs::write(&path, b"<html>").expect("writes");
        let papers = Papers::default();
        papers.made(path);
        assert_eq!(get(&papers, "/0"), StatusCode::NOT_FOUND);
    }

    #[test]
    fn file_names_cannot_leave_their_folder() {
        for (name, expected) in [
            ("../../etc/passwd", "_.._etc_passwd"),
            (r"C:\con|x?.pdf", "C__con_x_.pdf"),
            ("..", "paper"),
            ("", "paper"),
            ("采购单 A/B.pdf", "采购单 A_B.pdf"),
        ] {
            assert_eq!(file_name(name), expected);
        }
        assert!(has_extension(Path::new(&file_name(&format!("{}.pdf", "长".repeat(300)))), "pdf"));
    }
}
