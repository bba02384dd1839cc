//! The `paper:` scheme, which shows PDFs in the window.
//!
//! Knows the papers that were asked for by path and found to be the program's own, each under an id.
//! Refuses paths: a page gone wrong can ask for an id and nothing else.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tauri::http::{Request, Response, StatusCode, header};

/// The URI scheme, and on Windows the host, under which the window reads PDFs.
pub(crate) const SCHEME: &str = "paper";

const READABLE: &[&str] = &[
    "ai", "csv", "doc", "docx", "eml", "eps", "jpeg", "jpg", "json", "ofd", "pdf", "png", "psd",
    "tif", "tiff", "txt", "webp", "xls", "xlsx", "zip",
];

/// The papers that the window may show; an id is a place in the list.
#[derive(Default)]
pub(crate) struct Papers {
    shown: Mutex<Vec<PathBuf>>,
}

impl Papers {
    /// Lets the window show the PDF at `path`, and gives its id. Nothing for another kind of file.
    pub(crate) fn show(&self, path: &Path) -> Option<usize> {
        if !has_extension(path, "pdf") {
            return None;
        }
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let known = shown.iter().position(|known| known == path);
        Some(known.unwrap_or_else(|| {
            shown.push(path.to_owned());
            shown.len() - 1
        }))
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
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let path = shown.get(id)?.clone();
        drop(shown);
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

/// Whether a file is of a kind that a program of the system shows and does not run.
pub(crate) fn readable(path: &Path) -> bool {
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
    fn a_paper_is_shown_by_its_id_and_nothing_else_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("装箱单 TR-001.pdf");
        let secret = folder.path().join("secret.pdf");
        for file in [&path, &secret] {
            std::fs::write(file, b"%PDF-1.7 ...").expect("writes");
        }
        let papers = Papers::default();
        assert_eq!(get(&papers, "/0"), StatusCode::NOT_FOUND, "nothing was asked for yet");
        assert_eq!(papers.show(&path), Some(0));
        assert_eq!(papers.show(&path), Some(0), "the same paper keeps its id");
        assert_eq!(get(&papers, "/0"), StatusCode::OK);
        for path in ["/", "/1", "/../secret.pdf", "/%2e%2e/secret.pdf", "/0/../1", "/-1", "//0"] {
            assert_eq!(get(&papers, path), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn what_is_no_pdf_is_not_shown_as_one() {
        let folder = tempfile::tempdir().expect("a folder");
        let (page, table) = (folder.path().join("a.pdf"), folder.path().join("a.xlsx"));
        std::fs::write(&page, b"<html>").expect("writes");
        let papers = Papers::default();
        assert_eq!(papers.show(&table), None);
        assert_eq!(papers.show(&page), Some(0));
        assert_eq!(get(&papers, "/0"), StatusCode::NOT_FOUND);
    }

    #[test]
    fn a_program_is_never_opened_even_if_a_command_wrote_it() {
        assert!(readable(Path::new("a.PDF")) && readable(Path::new("a.xlsx")));
        for name in ["labels.sh", "labels.exe", "labels.pdf.desktop", "pdf", ".pdf"] {
            assert!(!readable(Path::new(name)), "{name}");
        }
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
