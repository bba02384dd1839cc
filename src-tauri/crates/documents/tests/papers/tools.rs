//! Judges from outside: poppler renders and reads back, zxing-cpp decodes, lopdf shows the
//! rectangles that were drawn. A missing judge fails the test and says how to get it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use lopdf::{Document, Object, content::Content};

/// Writes a paper into the build's folder for temporary files, where a person may look at it.
pub(crate) fn saved(name: &str, bytes: &[u8]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("papers");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|e| {
        panic!("{program}: {e}; install it with: apt-get install poppler-utils qpdf")
    });
    assert!(
        output.status.success(),
        "{program} {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The text of a file as a reader would copy it.
pub(crate) fn text_of(path: &Path) -> String {
    run("pdftotext", &["-layout", path.to_str().unwrap(), "-"])
}

/// The same in drawing order and without white space, so that wrapped text is whole again.
pub(crate) fn letters_of(path: &Path) -> String {
    letters(&run("pdftotext", &["-raw", path.to_str().unwrap(), "-"]))
}

pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The lines of `pdffonts` after its head: (name, embedded, subset, unicode).
pub(crate) fn fonts_of(path: &Path) -> Vec<(String, String, String, String)> {
    let listing = run("pdffonts", &[path.to_str().unwrap()]);
    listing
        .lines()
        .skip(2)
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let n = words.len();
            let word = |back: usize| words[n - back].to_owned();
            (words[0].to_owned(), word(5), word(4), word(3))
        })
        .collect()
}

pub(crate) fn check_structure(path: &Path) {
    run("qpdf", &["--check", path.to_str().unwrap()]);
}

/// Pages rendered at a resolution.
pub(crate) fn rendered(path: &Path, dpi: u16) -> Vec<PathBuf> {
    let stem = path.with_extension(format!("{dpi}"));
    let resolution = dpi.to_string();
    let arguments = ["-r", &resolution, "-png", path.to_str().unwrap(), stem.to_str().unwrap()];
    let folder = path.parent().unwrap();
    let prefix = format!("{}-", stem.file_name().unwrap().to_str().unwrap());
    let pages = || -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
        let ours = |p: &PathBuf| p.file_name().unwrap().to_str().unwrap().starts_with(&prefix);
        let mut pages: Vec<PathBuf> = entries.filter(ours).collect();
        pages.sort();
        pages
    };
    for old in pages() {
        fs::remove_file(old).unwrap();
    }
    run("pdftoppm", &arguments);
    pages()
}

/// One symbol as a scanner sees it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Read {
    /// AIM symbology identifier, e.g. `]C1`.
    pub(crate) aim: String,
    /// The data; in GS1 symbols with FNC1 as `\u{1D}`.
    pub(crate) data: String,
}

const READER: &str = "
import sys, zxingcpp, numpy
from PIL import Image
for path in sys.argv[1:]:
    for code in zxingcpp.read_barcodes(numpy.array(Image.open(path).convert('L'))):
        print(path, code.symbology_identifier, code.bytes.hex(), sep='\\t')
";

fn python() -> String {
    if let Ok(named) = std::env::var("PINCANG_PYTHON") {
        return named;
    }
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../target/venv/bin/python");
    if Path::new(own).exists() { own.to_owned() } else { "python3".to_owned() }
}

/// All symbols on a rendered page, in no order.
pub(crate) fn decoded(page: &Path) -> Vec<Read> {
    let python = python();
    let output = Command::new(&python).args(["-c", READER]).arg(page).output();
    let output = output.ok().filter(|o| o.status.success()).unwrap_or_else(|| {
        panic!(
            "{python} cannot run zxing-cpp; install it with: python3 -m venv target/venv && \
             target/venv/bin/pip install zxing-cpp pillow numpy"
        )
    });
    let mut found: Vec<Read> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let bytes = (0..cells[2].len() / 2)
                .map(|i| u8::from_str_radix(&cells[2][2 * i..2 * i + 2], 16).unwrap())
                .collect();
            Read { aim: cells[1].to_owned(), data: String::from_utf8(bytes).unwrap() }
        })
        .collect();
    found.sort();
    found
}

/// What was drawn on the printer's dot grid of one page.
pub(crate) struct Drawn {
    /// Points in one unit, from the transformation before the rectangles.
    pub(crate) unit: f32,
    /// Left, top, width, height in units from the top left corner.
    pub(crate) rectangles: Vec<[f32; 4]>,
}

/// The rectangles of the symbols, read back from the page's content stream.
pub(crate) fn drawn(bytes: &[u8], page: usize) -> Drawn {
    let document = Document::load_mem(bytes).unwrap();
    let id = *document.get_pages().values().nth(page).unwrap();
    let content = Content::decode(&document.get_page_content(id)).unwrap();
    let numbers =
        |operands: &[Object]| operands.iter().map(|o| o.as_float().unwrap()).collect::<Vec<f32>>();
    let from = content.operations.iter().position(|o| o.operator == "cm").unwrap();
    let matrix = numbers(&content.operations[from].operands);
    assert!((matrix[0] + matrix[3]).abs() < f32::EPSILON && matrix[1] == 0.0 && matrix[4] == 0.0);
    let rectangles = content.operations[from..]
        .iter()
        .take_while(|o| o.operator != "Q")
        .filter(|o| o.operator == "re")
        .map(|o| numbers(&o.operands).try_into().unwrap())
        .collect();
    Drawn { unit: matrix[0], rectangles }
}
